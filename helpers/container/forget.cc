// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "core/paths.h"
#include "helpers/container/app_trees.h"
#include "helpers/container/release_use.h"
#include "helpers/container/slots.h"
#include "helpers/container/verbs.h"
#include "helpers/die.h"
#include "helpers/interruptions.h"
#include "helpers/text.h"

namespace hythe::container {
namespace {

[[noreturn]] void refuse(const LaunchRequest& request) {
  root::die(EX_TEMPFAIL, "release ", root::Decimal(request.release), " of '",
            request.app.view(), "' is in use: a container runs from it");
}

}  // namespace

/// By one rename: half of a release is never one, whatever moment this is killed at.
int forget(const LaunchRequest& request) {
  root::ignore_interruptions();
  const AppName& app = request.app;
  // Which also says that it is a directory of root's with a tree of the app's in it, and no
  // symlink.
  (void)require_release(app, request.release, require_slot(app));
  if (is_held(app, request.release)) refuse(request);

  const root::Lock lock = lock_forgetting();
  const auto releases = root::Directory::open(paths::kReleases).find(app.c_str());
  const std::string number = std::to_string(request.release);
  const std::string forgotten = set_aside(*releases, number);
  if (is_held(app, request.release)) {
    // It was started a moment ago, before it could see that the name is gone.
    releases->rename(forgotten.c_str(), number.c_str());
    refuse(request);
  }
  releases->sync();
  return EX_OK;
}

}  // namespace hythe::container
