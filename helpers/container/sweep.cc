// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <unistd.h>

#include "core/paths.h"
#include "helpers/container/app_trees.h"
#include "helpers/container/background.h"
#include "helpers/container/builds.h"
#include "helpers/container/removal.h"
#include "helpers/container/slots.h"
#include "helpers/container/verbs.h"
#include "helpers/die.h"
#include "helpers/slot_of.h"

namespace hythe::container {
namespace {

/// What a `create` or `destroy` that was killed has left of an app that does not exist. There
/// is no user to remove trees as: directories go when they are empty, and logs, which only
/// root has ever written.
void sweep_gone(const AppName& app) {
  const SlotTable table = SlotTable::lock();  // so that nobody makes it meanwhile
  if (root::slot_of(app)) return;
  for (const char* parent : {paths::kReleases, paths::kBuilds, paths::kCache}) {
    const root::Directory opened = root::Directory::open(parent);
    if (const auto directory = opened.find(app.c_str()))
      ::unlinkat(directory->fd(), "tree", AT_REMOVEDIR);
    ::unlinkat(opened.fd(), app.c_str(), AT_REMOVEDIR);
  }
  (void)remove_own(root::Directory::open(paths::kLogs).fd(), app.c_str());
}

}  // namespace

int sweep(const LaunchRequest& request) {
  yield_to_others();
  const auto slot = root::slot_of(request.app);
  if (!slot) {
    sweep_gone(request.app);
    return EX_OK;
  }
  sweep_builds(request.app, *slot);
  sweep_releases(request.app, *slot);
  if (const auto cache = root::Directory::open(paths::kCache).find(request.app.c_str()))
    remove_old_caches(*cache, *slot);
  return EX_OK;
}

}  // namespace hythe::container
