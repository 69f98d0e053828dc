// SPDX-License-Identifier: Apache-2.0
#include <sysexits.h>

#include <filesystem>
#include <iostream>

#include "cli/commands.h"
#include "cli/remote.h"
#include "core/paths.h"
#include "lib/app.h"
#include "lib/config.h"
#include "lib/creation_lock.h"
#include "lib/errors.h"
#include "lib/git_repository.h"
#include "lib/helper.h"
#include "pipeline/dry_build.h"
#include "pipeline/route.h"

namespace hythe {
namespace {

constexpr std::string_view kReserved[] = {"hythe", "default", "localhost", kDryRun};

void refuse_reserved(const AppName& name) {
  for (const std::string_view reserved : kReserved)
    if (name.view() == reserved)
      throw PushError(concat("'", reserved, "' cannot be the name of an app"), EX_USAGE);
}

/// From now on nobody else can have the name below the host's base domain.
void claim_domain(const AppName& name, const Config& config) {
  const std::string app(name.view());
  try {
    call_helper(paths::kRouteHelper, {"domains", app, domain_of(name, config)});
  } catch (const PushError&) {
    call_helper(paths::kLaunchHelper, {"destroy", app});
    throw;
  }
}

}  // namespace

int create(Arguments& arguments, const Caller&) {
  const AppName name = arguments.app();
  arguments.end();
  refuse_reserved(name);
  UniqueFd lock = lock_creation();
  if (App::exists(name))
    throw PushError(
        concat("app '", name.view(), "' exists\nits state: hythe info ", name.view()),
        EX_CANTCREAT);
  const Config config = Config::load();

  call_helper(paths::kLaunchHelper, {"create", std::string(name.view())});
  claim_domain(name, config);
  GitRepository::create(App::repository(name));
  std::filesystem::create_directories(App::directory(name) + "/deployments");
  std::filesystem::create_directories(App::directory(name) + "/releases");
  App{.name = name}.save();
  lock.reset();
  // Beyond this point the app exists. A create that was cut off before is begun again.

  std::cout << "Created " << name.view() << ". Deploy it:\n"
            << "  git remote add hythe " << git_remote(name, config) << '\n'
            << "  git push hythe main\n"
            << "It will answer at http://" << domain_of(name, config) << '\n';
  return EX_OK;
}

}  // namespace hythe
