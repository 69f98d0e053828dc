// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"
#include "cli/ordering.h"
#include "lib/deploy_branch.h"
#include "lib/deployment.h"
#include "lib/errors.h"
#include "lib/git_repository.h"

namespace hythe {
namespace {

/// The branch that was deployed last, or the one that there is.
std::string branch_of(const AppName& app, const GitRepository& repository) {
  for (const Deployment& deployment : Deployment::newest(app, 50))
    if (!deployment.ref.empty() && repository.read_ref(deployment.ref)) return deployment.ref;
  for (const char* ref : kDeployBranches)
    if (repository.read_ref(ref)) return ref;
  throw PushError(
      concat("nothing was pushed to '", app.view(), "' yet\npush: git push hythe main"),
      EX_NOINPUT);
}

}  // namespace

int deploy_branch(Arguments& arguments, const Caller& caller) {
  const AppName name = arguments.app();
  arguments.end();
  (void)App::load(name);
  const GitRepository repository = GitRepository::open(App::repository(name));
  const std::string ref = branch_of(name, repository);
  return order_deployment({.kind = Order::Kind::deploy,
                           .app = name,
                           .who = {},
                           .ref = ref,
                           .commit = *repository.read_ref(ref),
                           .trigger = "deploy"},
                          caller);
}

}  // namespace hythe
