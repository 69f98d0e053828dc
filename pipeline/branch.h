// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/app_lock.h"
#include "pipeline/order.h"

namespace hythe {

/// The branch as it is now that nobody else deploys it. Throws PushError when it is gone.
[[nodiscard]] Oid tip_of_branch(const Order& order);

/// Whether the branch decides if a deployment has succeeded: asked before it moves. One that is
/// already where it is to be says nothing of that.
[[nodiscard]] bool branch_decides(const Order& order);

/// Moves the branch to the commit, as git does for a push. Throws SystemError.
void move_branch(const Order& order, const AppLock& lock);

/// The same; when it does not come to pass, the branch says so itself.
void try_to_move_branch(const Order& order, const AppLock& lock);

}  // namespace hythe
