// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <utility>

#include "cli/commands.h"
#include "cli/ordering.h"
#include "cli/take_archive.h"
#include "lib/errors.h"
#include "lib/git/git_repository.h"
#include "model/config.h"
#include "model/deploy_branch.h"
#include "model/preflight.h"

namespace hythe {
namespace {

/// The branch that was deployed last, or the one that there is.
std::string branch_of(const App& app, const GitRepository& repository) {
  if (!app.ref.empty() && repository.read_ref(app.ref)) return app.ref;
  for (const char* ref : kDeployBranches)
    if (repository.read_ref(ref)) return ref;
  throw PushError(concat("nothing was pushed to '", app.name.view(),
                         "' yet\npush: git push hythe main, or give an archive: hythe deploy ",
                         app.name.view(), " FILE"),
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

int deploy_branch(const App& app, const DeployOptions& options, const Caller& caller) {
  const GitRepository repository = GitRepository::open(App::repository(app.name));
  const std::string ref = branch_of(app, repository);
  return order_deployment({.kind = Order::Kind::deploy,
                           .app = app.name,
                           .who = {},
                           .ref = ref,
                           .commit = *repository.read_ref(ref),
                           .options = options,
                           .trigger = "deploy"},
                          caller);
}

int deploy_archive(const App& app, ReceivedArchive archive, const DeployOptions& options,
                   const Caller& caller) {
  return order_deployment(
      {.kind = Order::Kind::archive,
       .app = app.name,
       .who = {},
       .archive = std::make_shared<const ReceivedArchive>(std::move(archive)),
       .options = options,
       .trigger = "archive"},
      caller);
}

}  // namespace

int deploy(Arguments& arguments, const Caller& caller) {
  const DeployOptions options = options_of(arguments);
  const auto version = arguments.option("--version");
  if (version) require_version_name(*version);
  const AppName name = arguments.app();
  const auto archive = arguments.optional_word();
  arguments.end();
  if (version && !archive) arguments.usage_error("only an archive can be given a --version");
  const App app = App::load(name);
  require_room();
  if (!archive) return deploy_branch(app, options, caller);
  const Config config = Config::load();
  const Limits limits = config.limits.with(app.limits);
  return deploy_archive(app, take_archive(*archive, version.value_or(""), limits, caller),
                        options, caller);
}

}  // namespace hythe
