// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"
#include "cli/ordering.h"
#include "lib/deploy_branch.h"
#include "lib/errors.h"
#include "lib/git_repository.h"
#include "lib/preflight.h"

namespace hythe {
namespace {

/// The branch that was deployed last, or the one that there is.
std::string branch_of(const App& app, const GitRepository& repository) {
  if (!app.ref.empty() && repository.read_ref(app.ref)) return app.ref;
  for (const char* ref : kDeployBranches)
    if (repository.read_ref(ref)) return ref;
  throw PushError(
      concat("nothing was pushed to '", app.name.view(), "' yet\npush: git push hythe main"),
      EX_NOINPUT);
}

DeployOptions options_of(Arguments& arguments) {
  DeployOptions options;
  for (const char* flag : {"detach", "no-cache", "dry-run"})
    if (arguments.flag(concat("--", flag))) options.set(flag);
  for (const char* name : {"buildpack", "message"})
    while (const auto value = arguments.option(concat("--", name)))
      options.set(concat(name, '=', *value));
  return options;
}

}  // namespace

int deploy_branch(Arguments& arguments, const Caller& caller) {
  const DeployOptions options = options_of(arguments);
  const AppName name = arguments.app();
  arguments.end();
  const App app = App::load(name);
  require_room();
  const GitRepository repository = GitRepository::open(App::repository(name));
  const std::string ref = branch_of(app, repository);
  return order_deployment({.kind = Order::Kind::deploy,
                           .app = name,
                           .who = {},
                           .ref = ref,
                           .commit = *repository.read_ref(ref),
                           .options = options,
                           .trigger = "deploy"},
                          caller);
}

}  // namespace hythe
