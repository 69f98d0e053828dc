// SPDX-License-Identifier: Apache-2.0
#include "pipeline/creation.h"

#include <sysexits.h>

#include <filesystem>

#include "core/paths.h"
#include "lib/errors.h"
#include "lib/git/git_repository.h"
#include "model/helper.h"
#include "pipeline/dry_place.h"
#include "pipeline/route.h"

namespace hythe {
namespace {

constexpr std::string_view kReserved[] = {"hythe", "default", "localhost"};

void refuse_reserved(const AppName& name) {
  for (const std::string_view reserved : kReserved)
    if (name.view() == reserved || is_dry_name(name.view()))
      throw PushError(concat("'", name.view(), "' cannot be the name of an app"), EX_USAGE);
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

void make_repository(const App& app) {
  namespace fs = std::filesystem;
  const std::string repository = App::repository(app.name);
  // Of a create that was cut off: a link would make this app's repository another one's.
  if (app.review || fs::is_symlink(repository)) fs::remove_all(repository);
  if (!app.review) return GitRepository::create(repository);
  fs::create_symlink(fs::path(App::repository(app.review->parent)).filename(), repository);
}

}  // namespace

void create_app(const App& app, const Config& config) {
  refuse_reserved(app.name);
  if (App::exists(app.name))
    throw PushError(
        concat("app '", app.name.view(), "' exists\nits state: hythe info ", app.name.view()),
        EX_CANTCREAT);
  call_helper(paths::kLaunchHelper, {"create", std::string(app.name.view())});
  claim_domain(app.name, config);
  make_repository(app);
  std::filesystem::create_directories(App::directory(app.name) + "/deployments");
  std::filesystem::create_directories(App::directory(app.name) + "/releases");
  app.save();
}

}  // namespace hythe
