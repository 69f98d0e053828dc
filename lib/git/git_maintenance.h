// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace hythe {

/// Has git pack what pushes have left in a repository, if that is worth its while, and drop
/// what was unreachable for two weeks. Nobody may be deploying the app: a push that is still
/// arriving needs only what the branch reaches. Throws SystemError when git fails.
void tidy_repository(const std::string& path);

/// The lock on a ref that a git which was killed has left there, if any. For whoever knows that
/// nobody else is moving the ref.
void remove_stale_ref_lock(const std::string& repository, const std::string& ref);

/// git locks packed-refs to delete any ref, and when it is killed the lock stays. False when
/// there is one that somebody may still hold.
[[nodiscard]] bool remove_stale_packed_refs_lock(const std::string& repository);

}  // namespace hythe
