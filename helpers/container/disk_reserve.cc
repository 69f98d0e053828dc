// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/disk_reserve.h"

#include <sys/statvfs.h>

#include <algorithm>

namespace hythe::container {

bool DiskReserve::is_touched() const noexcept {
  constexpr std::uint64_t kPart = 32;
  constexpr std::uint64_t kMost = 1ULL << 30U;
  struct statvfs disk = {};
  // A disk that cannot be asked says so itself when it is written to.
  if (::statvfs(path_, &disk) != 0) return false;
  // Millions of empty files fill it as well; some file systems do not count them.
  if (disk.f_files > 0 && disk.f_favail < disk.f_files / kPart) return true;
  const std::uint64_t block = disk.f_frsize;
  return disk.f_bavail * block < std::min(disk.f_blocks * block / kPart, kMost);
}

}  // namespace hythe::container
