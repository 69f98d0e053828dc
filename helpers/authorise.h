// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

namespace hythe::root {

/// Returns if `caller` (a real uid, which no caller can choose) is root or the owner of
/// /var/lib/hythe/repos; denies and logs otherwise. No name service is asked. A state
/// directory that somebody but root could have replaced is refused (EX_CONFIG).
void authorise(uid_t caller) noexcept;

/// Returns if the running program is the one installed at `path`: a copy or hard link of it
/// elsewhere would escape the package's upgrades and is refused (EX_CONFIG).
void require_place(const char* path) noexcept;

}  // namespace hythe::root
