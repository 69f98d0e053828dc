// SPDX-License-Identifier: Apache-2.0
#include "lib/git/quarantine.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <vector>

#include "core/decimal.h"
#include "lib/errors.h"

namespace hythe {
namespace {

namespace fs = std::filesystem;

/// The second is what git before 2.35 calls them.
constexpr std::string_view kNames[] = {"tmp_objdir-incoming-", "incoming-"};

bool is_quarantine(const fs::path& path) {
  const std::string name = path.filename().string();
  struct stat status = {};
  return std::any_of(std::begin(kNames), std::end(kNames),
                     [&](std::string_view start) { return name.starts_with(start); }) &&
         ::lstat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode) &&
         status.st_uid == ::geteuid();
}

std::vector<fs::path> quarantines_in(const std::string& repository) {
  std::vector<fs::path> found;
  std::error_code missing;
  for (const auto& entry : fs::directory_iterator(repository + "/objects", missing))
    if (is_quarantine(entry.path())) found.push_back(entry.path());
  return found;
}

bool works_in(const struct stat& directory, const std::string& process) {
  struct stat status = {};
  return ::stat((process + "/cwd").c_str(), &status) == 0 &&
         status.st_dev == directory.st_dev && status.st_ino == directory.st_ino;
}

/// Whether a process of this user, which git's are, has the repository as its directory. It
/// has from before it makes a quarantine. True when that cannot be told.
bool is_anybody_at_work(const std::string& repository, std::span<const pid_t> but) {
  struct stat directory = {};
  if (::stat(repository.c_str(), &directory) != 0) return true;
  bool has_seen_me = false;
  std::error_code missing;
  for (const auto& entry : fs::directory_iterator("/proc", missing)) {
    const auto pid = parse_decimal(entry.path().filename().string(), 1U << 30U);
    if (!pid) continue;
    has_seen_me = has_seen_me || static_cast<pid_t>(*pid) == ::getpid();
    if (std::find(but.begin(), but.end(), static_cast<pid_t>(*pid)) == but.end() &&
        works_in(directory, entry.path().string()))
      return true;
  }
  return !has_seen_me;
}

}  // namespace

void remove_quarantine(const std::string& directory) {
  if (!is_quarantine(directory)) return;
  std::error_code ignored;  // the next push sees it again
  fs::remove_all(directory, ignored);
}

void remove_abandoned_quarantines(const std::string& repository, const std::string& ours,
                                  std::span<const pid_t> ourselves) {
  // In this order: whoever comes after the first look has made none of these.
  const auto found = quarantines_in(repository);
  if (found.empty() || is_anybody_at_work(repository, ourselves)) return;
  std::error_code missing;
  for (const fs::path& quarantine : found)
    if (!fs::equivalent(quarantine, ours, missing)) remove_quarantine(quarantine.string());
}

}  // namespace hythe
