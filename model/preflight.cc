// SPDX-License-Identifier: Apache-2.0
#include "model/preflight.h"

#include <optional>
#include <string>

#include "core/decimal.h"
#include "core/disk_reserve.h"
#include "core/paths.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/units.h"

namespace hythe {
namespace {

/// With less, not even a shell script is built and started.
constexpr std::uint64_t kSmallestBuild = 128ULL << 20U;

[[noreturn]] void refuse(const std::string& what) {
  throw PushError(what, EX_TEMPFAIL);
}

constexpr const char* kMakeRoom =
    "\nmake room: hythe gc; hythe cache clear APP; logs and packages of the host";

/// "MemAvailable:    1234 kB"
std::optional<std::uint64_t> available(std::string_view meminfo) {
  constexpr std::string_view kKey = "MemAvailable:";
  const auto key = meminfo.find(kKey);
  if (key == std::string_view::npos) return std::nullopt;
  const auto begin = meminfo.find_first_not_of(' ', key + kKey.size());
  const auto end = meminfo.find(' ', begin);
  if (begin == std::string_view::npos || end == std::string_view::npos) return std::nullopt;
  const auto kibibytes = parse_decimal(meminfo.substr(begin, end - begin), UINT64_MAX >> 10U);
  if (!kibibytes) return std::nullopt;
  return *kibibytes << 10U;
}

}  // namespace

void require_disk(std::string_view path, const struct statvfs& disk) {
  const std::uint64_t free = disk.f_bavail * disk.f_frsize;
  const std::uint64_t needed = disk_reserve::bytes(disk.f_blocks * disk.f_frsize);
  if (free < needed)
    refuse(concat("the disk of '", path, "' is nearly full: ", format_size(free),
                  " are free, and ", format_size(needed), " are needed", kMakeRoom));
  const std::uint64_t needed_files = disk_reserve::files(disk.f_files);
  if (disk.f_favail < needed_files)
    refuse(concat("the disk of '", path, "' can hold ", disk.f_favail, " more files, and ",
                  needed_files, " are needed", kMakeRoom));
}

void require_memory(std::string_view meminfo) {
  const auto free = available(meminfo);
  if (!free || *free >= kSmallestBuild) return;
  refuse(concat("the host has ", format_size(*free), " of memory left, and the smallest build ",
                "needs ", format_size(kSmallestBuild),
                "\nwait until other builds are over, or run less: hythe scale"));
}

void require_room() {
  for (const char* path : {paths::kRepos, paths::kBuilds}) {
    struct statvfs disk = {};
    // A disk that cannot be asked says so itself when it is written to.
    if (::statvfs(path, &disk) == 0) require_disk(path, disk);
  }
  require_memory(read_file("/proc/meminfo"));
}

}  // namespace hythe
