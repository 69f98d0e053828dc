// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "core/app_name.h"

namespace hythe {

/// How much of the disk an app takes, in bytes. Only root sees the files, and counts them
/// when asked: milliseconds for thousands of files.
struct DiskUsage {
  std::uint64_t cache = 0;     // what builds keep for the next one
  std::uint64_t releases = 0;  // all of them, not only the one that serves
  std::uint64_t builds = 0;    // under way, or left over

  [[nodiscard]] static DiskUsage of(const AppName& app);
};

}  // namespace hythe
