// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/disk_reserve.h"

#include <sys/statvfs.h>

#include <algorithm>

namespace hythe::container {

bool DiskReserve::is_touched() const noexcept {
  constexpr std::uint64_t kPart = 32;
  constexpr std::uint64_t kMost = 256ULL << 20U;
  struct statvfs disk = {};
  // A disk that cannot be asked says so itself when it is written to.
  if (::statvfs(path_, &disk) != 0) return false;
  const std::uint64_t block = disk.f_frsize;
  return disk.f_bavail * block < std::min(disk.f_blocks * block / kPart, kMost);
}

}  // namespace hythe::container
