// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "core/unique_fd.h"
#include "lib/clock.h"

namespace hythe {

/// Waits until nobody else has the open file locked (flock(2)); the kernel frees it when the
/// last descriptor of it is closed. `what` is for the message: "lock WHAT". Throws SystemError.
void lock_file(int fd, const char* what);

/// The same of a file that is there for that alone, and is made if need be.
[[nodiscard]] UniqueFd open_locked(const std::string& path, const char* what);

/// The same, but waits no longer than that: nothing when somebody else has it then.
[[nodiscard]] std::optional<UniqueFd> open_locked_by(const std::string& path, const char* what,
                                                     const Deadline& deadline);

/// The same as open_locked() of a file that may be removed by remove_lock(): whoever has waited
/// for one that is not there any more takes the one that is.
[[nodiscard]] UniqueFd open_removable_lock(const std::string& path, const char* what);
/// Removes such a file unless somebody has it locked.
void remove_lock(const std::string& path);

}  // namespace hythe
