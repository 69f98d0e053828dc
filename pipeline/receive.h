// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lib/git/git_repository.h"
#include "pipeline/order.h"

namespace hythe {

/// Removes the locks that a receive-pack which was killed has left on the branch, and on HEAD,
/// which git locks with it: git would fail on them after traffic has moved. Under the app's
/// lock no other one can be updating it.
void remove_stale_ref_locks(const AppName& app, const std::string& ref);

/// Removes what pushes that were killed have left in the repository beside it: objects that no
/// receive-pack is going to take out of quarantine any more.
void remove_abandoned_quarantines(const Order& order);

/// Throws PushError when git would refuse this push after the hook has deployed it: the
/// branch has moved on since the pusher looked, the new object is missing or no commit.
/// Git's own checks come too late for us, so this is asked under the app's lock.
void refuse_what_git_would(const GitRepository& repository, const Order& order);

/// The same of the deletion of a review app's branch: also removes what would make git fail on
/// it afterwards, as far as that is nobody's any more.
void make_way_for_deletion(const GitRepository& repository, const Order& deletion);

}  // namespace hythe
