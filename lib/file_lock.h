// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/unique_fd.h"

namespace hythe {

/// Waits until nobody else has the open file locked (flock(2)); the kernel frees it when the
/// last descriptor of it is closed. `what` is for the message: "lock WHAT". Throws SystemError.
void lock_file(int fd, const char* what);

/// The same of a file that is there for that alone, and is made if need be.
[[nodiscard]] UniqueFd open_locked(const std::string& path, const char* what);

}  // namespace hythe
