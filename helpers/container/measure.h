// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

namespace hythe::container {

/// The bytes of all regular files below `name` in root's directory `dir`; a file with several
/// names counts for each. Follows no symlink, leaves the file system never, opens no file.
/// nullopt when not all of it can be seen: a path that is longer than PATH_MAX, for one. What
/// cannot be measured is never small.
[[nodiscard]] std::optional<std::uint64_t> measure(int dir, const char* name);

}  // namespace hythe::container
