// SPDX-License-Identifier: Apache-2.0
#include <sysexits.h>

#include <filesystem>
#include <iostream>

#include "cli/commands.h"
#include "core/paths.h"
#include "lib/app.h"
#include "lib/app_lock.h"
#include "lib/errors.h"
#include "lib/helper.h"
#include "pipeline/route.h"

namespace hythe {

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
  const Cancellation never;
  const AppLock lock =
      AppLock::take(name, {.who = caller.name, .doing = "destroy", .since = unix_time()}, never,
                    [](const LockHolder& holder) {
                      std::cerr << "waiting behind " << holder.describe() << '\n';
                    });
  close_route(name);
  call_helper(paths::kLaunchHelper, {"destroy", app});
  std::filesystem::remove_all(App::repository(name));
  // The last to go is what says that the app exists: a destroy that was cut off is begun again.
  std::filesystem::remove_all(App::directory(name));
  std::cout << "Destroyed " << app << '\n';
  return EX_OK;
}

}  // namespace hythe
