// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/order.h"

namespace hythe {

/// The branch as it is now that nobody else deploys it. Throws PushError when it is gone.
[[nodiscard]] Oid tip_of_branch(const Order& order);

/// Whether the branch decides if a deployment has succeeded. One that is already where it is to
/// be says nothing of that.
[[nodiscard]] bool branch_decides(const Order& order);

/// Moves the branch to the commit, as git does for a push. Throws SystemError.
void move_branch(const Order& order);

/// The same for a linked deployment that has the branch moved, after its traffic. When it does
/// not come to pass, the branch says so itself.
void try_to_move_branch(const Order& order);

}  // namespace hythe
