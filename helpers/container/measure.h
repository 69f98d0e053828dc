// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

namespace hythe::container {

/// No tree is larger: what cannot be measured counts as this.
inline constexpr std::uint64_t kImmeasurable = UINT64_MAX / 16;

/// The bytes of all regular files below `name` in root's directory `dir`; a file with several
/// names counts for each. Follows no symlink, leaves the file system never, opens no file,
/// and holds no more than one entry of a directory at a time. kImmeasurable when not all of
/// it can be seen: directories nested too deep, too many entries, sizes beyond any disk.
[[nodiscard]] std::uint64_t measure(int dir, const char* name);

}  // namespace hythe::container
