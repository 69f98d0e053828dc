// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "core/paths.h"
#include "helpers/container/app_trees.h"
#include "helpers/container/builds.h"
#include "helpers/container/ending.h"
#include "helpers/container/removal.h"
#include "helpers/container/slots.h"
#include "helpers/container/verbs.h"
#include "helpers/die.h"
#include "helpers/directory.h"
#include "helpers/slot_of.h"

namespace hythe::container {
namespace {

void remove_directory(const char* parent, const AppName& app) {
  const root::Directory opened = root::Directory::open(parent);
  if (::unlinkat(opened.fd(), app.c_str(), AT_REMOVEDIR) != 0 && errno != ENOENT)
    root::die_errno("remove '", parent, "/", app.view(), "'");
}

void remove_releases(const AppName& app, Slot slot) {
  const auto releases = root::Directory::open(paths::kReleases).find(app.c_str());
  if (!releases) return;
  std::vector<std::string> names;
  releases->for_each([&](const char* name) { names.emplace_back(name); });
  for (const std::string& name : names) {
    const auto found = releases->find(name.c_str());
    // With `app` gone, all that is left in it is root's own.
    if (found && remove_as(slot, found->fd(), "app")) remove_own(releases->fd(), name.c_str());
  }
  remove_directory(paths::kReleases, app);
}

void remove_cache(const AppName& app, Slot slot) {
  const auto cache = root::Directory::open(paths::kCache).find(app.c_str());
  if (!cache) return;
  remove_old_caches(*cache, slot);
  // Without the tree, all that is left is root's own.
  if (remove_as(slot, cache->fd(), "tree"))
    remove_own(root::Directory::open(paths::kCache).fd(), app.c_str());
  remove_directory(paths::kCache, app);
}

}  // namespace

int destroy(const LaunchRequest& request) {
  const AppName& app = request.app;
  const auto known = root::slot_of(app);
  if (!known) return EX_OK;  // nothing of it is left: the slot goes last
  const Slot slot = *known;
  if (!kill_all(app, std::nullopt)) return EX_TEMPFAIL;

  forget_builds(app, 0);
  sweep_builds(app, slot);
  remove_directory(paths::kBuilds, app);
  remove_releases(app, slot);
  remove_cache(app, slot);
  remove_own(root::Directory::open(paths::kLogs).fd(), app.c_str());

  // Last: as long as anything of the app is there, so is its slot, and this can be repeated.
  SlotTable::lock().free(app);
  // Whoever was about to start one sees now that the app is gone (Place), or is seen here.
  return kill_all(app, std::nullopt) ? EX_OK : EX_TEMPFAIL;
}

}  // namespace hythe::container
