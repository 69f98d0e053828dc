// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/app_trees.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/paths.h"
#include "helpers/container/file.h"
#include "helpers/container/removal.h"
#include "helpers/die.h"
#include "helpers/text.h"

namespace hythe::container {
namespace {

std::string below(const char* parent, const AppName& app) {
  return std::string(parent).append("/").append(app.view()).append("/");
}

bool is_set_aside(std::string_view name) {
  return name.starts_with(".old-");
}

}  // namespace

std::vector<std::string> names_in(const root::Directory& dir) {
  std::vector<std::string> out;
  dir.for_each([&](const char* name) { out.emplace_back(name); });
  return out;
}

root::Lock lock_forgetting() {
  constexpr int kPatienceMs = 10'000;  // a rename and two looks take milliseconds
  return root::Lock::take(root::Directory::open(paths::kReleases), paths::kForgettingLock,
                          root::Deadline::in_ms(kPatienceMs));
}

std::string set_aside(const root::Directory& dir, const std::string& name) {
  for (unsigned i = 0;; ++i) {
    const std::string forgotten = ".old-" + name + "-" + std::to_string(i);
    if (dir.contains(forgotten.c_str())) continue;
    dir.rename(name.c_str(), forgotten.c_str());
    return forgotten;
  }
}

std::string release_tree(const AppName& app, Number release) {
  return below(paths::kReleases, app) + std::to_string(release) + "/app";
}

std::string unfinished_release(Number deployment) {
  return kUnfinished + std::to_string(deployment);
}

std::string build_tree(const AppName& app, Number deployment) {
  return below(paths::kBuilds, app) + std::to_string(deployment) + "/tree";
}

std::string cache_tree(const AppName& app) {
  return below(paths::kCache, app) + "tree";
}

UniqueFd open_app_directory(const char* parent, const AppName& app) {
  const UniqueFd opened = open_directory(AT_FDCWD, parent);
  return opened ? open_directory(opened.get(), app.c_str()) : UniqueFd();
}

bool is_directory_of(int dir, const char* name, unsigned uid) {
  struct stat status = {};
  return ::fstatat(dir, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(status.st_mode) &&
         status.st_uid == uid;
}

std::optional<root::Directory> find_release(const AppName& app, Number release, Slot slot) {
  const root::FixedText<16> number(release);
  const auto releases = root::Directory::open(paths::kReleases).find(app.c_str());
  auto found = releases ? releases->find(number.c_str()) : std::nullopt;
  if (found && !is_directory_of(found->fd(), "app", slot.uid())) return std::nullopt;
  return found;
}

root::Directory require_release(const AppName& app, Number release, Slot slot) {
  auto found = find_release(app, release, slot);
  if (!found)
    root::die(EX_NOINPUT, "app '", app.view(), "' has no release ", root::Decimal(release));
  return std::move(*found);
}

void sweep_releases(const AppName& app, Slot slot) {
  const auto releases = root::Directory::open(paths::kReleases).find(app.c_str());
  if (!releases) return;
  // One that is about to get its name back is not among them.
  const auto names = [&] {
    const root::Lock lock = lock_forgetting();
    return names_in(*releases);
  }();
  for (const std::string& name : names) {
    if (!is_set_aside(name)) continue;
    const auto release = releases->find(name.c_str());
    // Without `app`, all that is left in it is root's own.
    if (release && remove_as(slot, release->fd(), "app"))
      remove_own(releases->fd(), name.c_str());
  }
}

root::Directory open_cache(const AppName& app, Slot slot) {
  root::Directory cache = root::Directory::open(paths::kCache).make_inside(app.c_str(), 0700);
  if (!cache.contains("tree") && !make_directory_for(cache.fd(), "tree", slot.uid()))
    root::die_errno("make the cache of '", app.view(), "'");
  return cache;
}

void remove_old_caches(const root::Directory& cache, Slot slot) {
  for (const std::string& name : names_in(cache))
    if (is_set_aside(name)) (void)remove_as(slot, cache.fd(), name.c_str());
}

bool make_directory_for(int dir, const char* name, unsigned uid) {
  // Under another name until it is the user's: whoever finds it finds it whole.
  const std::string made = std::string(".new-") + name;
  ::unlinkat(dir, made.c_str(), AT_REMOVEDIR);
  if (::mkdirat(dir, made.c_str(), 0700) != 0) return false;
  // By descriptor: what was made a moment ago in a directory that only root can write.
  const UniqueFd opened = open_directory(dir, made.c_str());
  return opened && ::fchown(opened.get(), uid, uid) == 0 && ::fchmod(opened.get(), 0755) == 0 &&
         ::renameat(dir, made.c_str(), dir, name) == 0;
}

}  // namespace hythe::container
