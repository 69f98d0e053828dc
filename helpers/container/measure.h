// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "core/helper_contract.h"

namespace hythe::container {

/// The bytes of all regular files below `name` in root's directory `dir`; a file with several
/// names counts for each. Follows no symlink, leaves the file system never, opens no file,
/// and holds no more than one entry of a directory at a time. kImmeasurable when not all of
/// it can be seen: directories nested too deep, too many entries, sizes beyond any disk.
[[nodiscard]] std::uint64_t measure(int dir, const char* name);

}  // namespace hythe::container
