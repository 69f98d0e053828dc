// SPDX-License-Identifier: Apache-2.0
#include <sysexits.h>

#include <filesystem>
#include <iostream>

#include "cli/commands.h"
#include "cli/ordering.h"
#include "core/paths.h"
#include "lib/app.h"
#include "lib/creation_lock.h"
#include "lib/delivery_queue.h"
#include "lib/errors.h"
#include "lib/helper.h"
#include "lib/link.h"
#include "lib/public_port.h"
#include "pipeline/route.h"

namespace hythe {
namespace {

/// The last to go is what says that the app exists: a destroy that was cut off is begun again.
void remove_but_last(const std::string& directory, const std::string& last) {
  for (const auto& entry : std::filesystem::directory_iterator(directory))
    if (entry.path().string() != last) std::filesystem::remove_all(entry.path());
  std::filesystem::remove_all(directory);
}

}  // namespace

int destroy(Arguments& arguments, const Caller& caller) {
  const auto confirmed = arguments.option("--confirm");
  const AppName name = arguments.app();
  arguments.end();
  (void)App::load(name);  // or there is nothing to be destroyed
  const std::string app(name.view());
  if (confirmed != app)
    throw PushError(concat("this removes '", app, "' with its repository, releases and logs",
                           "\nif you mean it: hythe destroy ", app, " --confirm ", app),
                    EX_USAGE);
  const AppLock lock = take_lock(name, "destroy", caller);
  Link::remove(name);  // first: without it, nothing is delivered any more
  DeliveryQueue::forget(name);
  close_route(name, lock);
  free_port(name);
  call_helper(paths::kLaunchHelper, {"destroy", app});
  // A push that is arriving right now still writes there; under another name it finds nothing
  // to deploy to, and does not hinder the removal.
  const std::string doomed = concat(paths::kRepos, "/.destroyed-", app);
  std::filesystem::remove_all(doomed);
  if (std::filesystem::exists(App::repository(name)))
    std::filesystem::rename(App::repository(name), doomed);
  UniqueFd no_new_one = lock_creation();  // of that name, before all of this one is gone
  remove_but_last(App::directory(name), App::file(name));
  no_new_one.reset();
  std::error_code later;  // what could not be removed goes with the next one of that name
  std::filesystem::remove_all(doomed, later);
  std::cout << "Destroyed " << app << '\n';
  return EX_OK;
}

}  // namespace hythe
