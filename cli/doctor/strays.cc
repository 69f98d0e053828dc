// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <set>

#include "cli/doctor/examine.h"
#include "core/paths.h"
#include "lib/app.h"
#include "lib/errors.h"
#include "lib/helper.h"
#include "pipeline/dry_build.h"

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

/// The rest of a `destroy` that was cut off.
void destroy_rest(const std::string& app) {
  call_helper(paths::kRouteHelper, {"off", app});
  call_helper(paths::kLaunchHelper, {"destroy", app});
}

}  // namespace

Findings examine_strays() {
  std::set<std::string> names;
  add_names(paths::kContainers, '.', names);
  add_names(paths::kLanes, '.', names);
  add_names(paths::kLogs, '.', names);
  Findings findings;
  for (const std::string& text : names) {
    const auto app = AppName::parse(text);
    if (!app || App::exists(*app) || text == kDryRun) continue;
    findings.push_back({.what = concat("something of '", text, "' is there, which is no app"),
                        .cure = [text] { destroy_rest(text); }});
  }
  return findings;
}

}  // namespace hythe
