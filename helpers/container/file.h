// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>

#include "core/unique_fd.h"

namespace hythe::container {

/// What remains to be read, if it is at most `max` bytes.
[[nodiscard]] std::optional<std::string> read_all(int fd, std::size_t max);

/// The whole of a file of root's or the kernel's; nullopt when it cannot be read.
[[nodiscard]] std::optional<std::string> read_file(const char* path, std::size_t max);

/// Overwrites a file of the kernel's (sysctl, cgroup) in one write(2).
[[nodiscard]] bool write_kernel_file(const char* path, std::string_view text);

[[nodiscard]] bool write_all(int fd, std::string_view bytes);

/// A new file in a directory that only root can write; false when the name is taken.
[[nodiscard]] bool create_file(int dir, const char* name, mode_t mode, std::string_view text);

/// Opens a directory without following a symlink in its last component.
[[nodiscard]] UniqueFd open_directory(int dir, const char* name);

}  // namespace hythe::container
