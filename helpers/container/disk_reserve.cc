// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/disk_reserve.h"

#include <sys/statvfs.h>

#include "core/disk_reserve.h"

namespace hythe::container {

bool DiskReserve::is_touched() const noexcept {
  struct statvfs disk = {};
  // A disk that cannot be asked says so itself when it is written to.
  if (::statvfs(path_, &disk) != 0) return false;
  if (disk.f_favail < disk_reserve::files(disk.f_files)) return true;
  const std::uint64_t block = disk.f_frsize;
  return disk.f_bavail * block < disk_reserve::bytes(disk.f_blocks * block);
}

}  // namespace hythe::container
