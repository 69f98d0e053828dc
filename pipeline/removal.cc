// SPDX-License-Identifier: Apache-2.0
#include "pipeline/removal.h"

#include <filesystem>

#include "core/paths.h"
#include "lib/errors.h"
#include "model/creation_lock.h"
#include "model/forge/delivery_queue.h"
#include "model/forge/link.h"
#include "model/helper.h"
#include "model/public_port.h"
#include "pipeline/route.h"

namespace hythe {
namespace {

namespace fs = std::filesystem;

/// The last to go is what says that the app exists.
void remove_but_last(const std::string& directory, const std::string& last) {
  for (const auto& entry : fs::directory_iterator(directory))
    if (entry.path().string() != last) fs::remove_all(entry.path());
  fs::remove_all(directory);
}

}  // namespace

void remove_app(const App& app, const AppLock& lock) {
  const AppName& name = app.name;
  Link::remove(name);  // first: without it, nothing is delivered any more
  DeliveryQueue::forget(name);
  close_route(name, lock);
  free_port(name);
  call_helper(paths::kLaunchHelper, {"destroy", std::string(name.view())});
  // A push that is arriving right now still writes there; under another name it finds nothing
  // to deploy to, and does not hinder the removal. Of a review app it is a link.
  const std::string doomed = concat(paths::kRepos, "/.destroyed-", name.view());
  fs::remove_all(doomed);
  if (fs::exists(fs::symlink_status(App::repository(name))))
    fs::rename(App::repository(name), doomed);
  UniqueFd no_new_one = lock_creation();  // of that name, before all of this one is gone
  remove_but_last(App::directory(name), App::file(name));
  no_new_one.reset();
  std::error_code later;  // what could not be removed goes with the next one of that name
  fs::remove_all(doomed, later);
}

}  // namespace hythe
