// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace hythe::container {

/// The end of a disk that no build may take (core/disk_reserve.h).
class DiskReserve {
 public:
  /// Of the file system that `path`, one of core/paths.h, is on.
  explicit DiskReserve(const char* path) : path_(path) {}

  /// Whether less than that is free.
  [[nodiscard]] bool is_touched() const noexcept;

 private:
  const char* path_;
};

}  // namespace hythe::container
