// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <span>
#include <string>

namespace hythe {

/// The directories below a repository's objects/ in which receive-pack keeps what is pushed
/// until its hook has accepted it (git's tmp-objdir). One that was killed leaves its own
/// behind, and git removes it no sooner than a garbage collection after two weeks.

/// Removes that of a receive-pack which is known to be gone. Anything but a quarantine of
/// ours stays.
void remove_quarantine(const std::string& directory);

/// Removes all but `ours`, unless somebody else is at work in the repository: to whom they
/// belong is written nowhere. `ourselves` are the processes of the push that asks.
void remove_abandoned_quarantines(const std::string& repository, const std::string& ours,
                                  std::span<const pid_t> ourselves);

}  // namespace hythe
