// SPDX-License-Identifier: Apache-2.0
#include <sysexits.h>

#include <iostream>

#include "cli/commands.h"
#include "cli/ordering.h"
#include "lib/errors.h"
#include "model/forge/review_branches.h"
#include "pipeline/removal.h"
#include "pipeline/review_apps.h"

namespace hythe {
namespace {

void require_confirmation(const App& app, const std::optional<std::string>& confirmed) {
  const auto name = app.name.view();
  if (confirmed == name) return;
  std::string what =
      app.review ? "' with its releases and logs" : "' with its repository, releases and logs";
  for (const App& review : review_apps_of(app.name))
    what += concat(", and its review app '", review.name.view(), "'");
  throw PushError(concat("this removes '", name, what, "\nif you mean it: hythe destroy ", name,
                         " --confirm ", name),
                  EX_USAGE);
}

void destroy_review_apps(const AppName& parent, const Caller& caller) {
  const auto is_its = [&parent](const App& app) { return app.review->parent == parent; };
  for (const App& review : review_apps_of(parent))
    if (remove_review_app(review.name, caller.name, is_its))
      std::cout << "Destroyed " << review.name.view() << std::endl;
}

}  // namespace

int destroy(Arguments& arguments, const Caller& caller) {
  const auto confirmed = arguments.option("--confirm");
  const App app = App::load(arguments.app());
  arguments.end();
  require_confirmation(app, confirmed);
  destroy_review_apps(app.name, caller);
  {
    const AppLock lock = take_lock(app.name, "destroy", caller);
    remove_app(app, lock);
  }
  destroy_review_apps(app.name, caller);  // that were made meanwhile; now none can be
  if (app.review) prune_review_branches(app.review->parent);
  std::cout << "Destroyed " << app.name.view() << '\n';
  return EX_OK;
}

}  // namespace hythe
