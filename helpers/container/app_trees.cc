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

}  // namespace

std::string release_tree(const AppName& app, Number release) {
  return below(paths::kReleases, app) + std::to_string(release) + "/app";
}

std::string unfinished_release(Number deployment) {
  return ".new-" + std::to_string(deployment);
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

root::Directory require_release(const AppName& app, Number release, Slot slot) {
  const root::FixedText<16> number(release);
  const auto releases = root::Directory::open(paths::kReleases).find(app.c_str());
  auto found = releases ? releases->find(number.c_str()) : std::nullopt;
  if (!found || !is_directory_of(found->fd(), "app", slot.uid()))
    root::die(EX_NOINPUT, "app '", app.view(), "' has no release ", number.view());
  return std::move(*found);
}

root::Directory open_cache(const AppName& app, Slot slot) {
  root::Directory cache = root::Directory::open(paths::kCache).make_inside(app.c_str(), 0700);
  if (!cache.contains("tree") && !make_directory_for(cache.fd(), "tree", slot.uid()))
    root::die_errno("make the cache of '", app.view(), "'");
  return cache;
}

void remove_old_caches(const root::Directory& cache, Slot slot) {
  std::vector<std::string> old;
  cache.for_each([&](const char* name) {
    if (std::string_view(name).starts_with(".old-")) old.emplace_back(name);
  });
  for (const std::string& name : old) (void)remove_as(slot, cache.fd(), name.c_str());
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
