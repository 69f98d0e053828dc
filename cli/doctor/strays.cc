// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <set>

#include "cli/doctor/examine.h"
#include "core/paths.h"
#include "lib/errors.h"
#include "model/app.h"
#include "model/creation_lock.h"
#include "model/helper.h"
#include "model/public_port.h"
#include "pipeline/dry_place.h"

namespace hythe {
namespace {

/// The apps that the entries of a directory are named after, up to `end` in each name.
void add_names(const char* directory, char end, std::set<std::string>& names) {
  std::error_code missing;  // nothing has run since the boot
  for (const auto& entry : std::filesystem::directory_iterator(directory, missing)) {
    const std::string name = entry.path().filename().string();
    names.insert(name.substr(0, name.find(end)));
  }
}

/// The rest of a `destroy` or `create` that was cut off, unless there is such an app by now.
void destroy_rest(const AppName& name) {
  const UniqueFd lock = lock_creation();
  if (App::exists(name)) return;
  const std::string app(name.view());
  call_helper(paths::kRouteHelper, {"off", app});
  free_port(name);
  call_helper(paths::kLaunchHelper, {"destroy", app});
  call_helper(paths::kLaunchHelper, {"sweep", app});  // what is there without a slot
}

}  // namespace

Findings examine_strays() {
  const UniqueFd lock = lock_creation();
  std::set<std::string> names;
  add_names(paths::kContainers, '.', names);
  add_names(paths::kLanes, '.', names);
  add_names(paths::kLogs, '.', names);
  Findings findings;
  for (const std::string& text : names) {
    const auto app = AppName::parse(text);
    if (!app || App::exists(*app) || is_dry_name(text)) continue;
    findings.push_back({.what = concat("something of '", text, "' is there, which is no app"),
                        .cure = [name = *app] { destroy_rest(name); }});
  }
  return findings;
}

}  // namespace hythe
