// SPDX-License-Identifier: Apache-2.0
#include "core/paths.h"
#include "helpers/container/app_trees.h"
#include "helpers/container/background.h"
#include "helpers/container/builds.h"
#include "helpers/container/ending.h"
#include "helpers/container/removal.h"
#include "helpers/container/slots.h"
#include "helpers/container/verbs.h"
#include "helpers/die.h"

namespace hythe::container {

namespace {

/// Of a `release` that was killed: it has perhaps moved the tree already.
void sweep_unfinished_release(const AppName& app, Number deployment, Slot slot) {
  const auto releases = root::Directory::open(paths::kReleases).find(app.c_str());
  const std::string name = unfinished_release(deployment);
  const auto made = releases ? releases->find(name.c_str()) : std::nullopt;
  // Without the tree, all that is left is root's own.
  if (made && remove_as(slot, made->fd(), "app")) remove_own(releases->fd(), name.c_str());
}

}  // namespace

int discard(const LaunchRequest& request) {
  const Slot slot = require_slot(request.app);
  // The build's own container, should its monitor have been killed.
  remove_abandoned(request.app, Lane::one_off);
  forget_builds(request.app, request.deployment);
  in_background([&] {
    yield_to_others();
    sweep_builds(request.app, slot);
    sweep_unfinished_release(request.app, request.deployment, slot);
  });
  return EX_OK;
}

}  // namespace hythe::container
