// SPDX-License-Identifier: Apache-2.0
#include <sysexits.h>

#include <iostream>
#include <vector>

#include "cli/commands.h"
#include "cli/remote.h"
#include "lib/errors.h"
#include "model/build/installed_stack.h"
#include "model/config.h"
#include "model/creation_lock.h"
#include "pipeline/creation.h"
#include "pipeline/review_apps.h"
#include "pipeline/route.h"

namespace hythe {
namespace {

/// They have the variables of an earlier app of that name.
void refuse_orphans_of(const AppName& name) {
  const std::vector<App> orphans = review_apps_of(name);
  if (orphans.empty()) return;
  throw PushError(
      concat("there is '", orphans.front().name.view(), "', a review app of an earlier '",
             name.view(), "'\nremove it first: hythe gc"),
      EX_CANTCREAT);
}

}  // namespace

int create(Arguments& arguments, const Caller&) {
  const AppName name = arguments.app();
  arguments.end();
  const Config config = Config::load();
  const StackName stack = stack_of_new_apps(config);
  {
    const UniqueFd lock = lock_creation();
    refuse_orphans_of(name);
    create_app({.name = name, .stack = stack}, config);
  }
  std::cout << "Created " << name.view()
            << (stack.is_host() ? "" : concat(" on the stack ", stack.view()))
            << ". Deploy it:\n"
            << "  git remote add hythe " << git_remote(name, config) << '\n'
            << "  git push hythe main\n"
            << "It will answer at http://" << domain_of(name, config) << '\n';
  return EX_OK;
}

}  // namespace hythe
