// SPDX-License-Identifier: Apache-2.0
#include <sysexits.h>

#include <cstdio>
#include <iostream>

#include "cli/commands.h"
#include "lib/errors.h"
#include "model/app.h"
#include "model/config.h"
#include "pipeline/route.h"

namespace hythe {

int list(Arguments& arguments, const Caller&) {
  arguments.end();
  const Config config = Config::load();
  for (const AppName& name : App::all()) {
    const App app = App::load(name);
    const std::string release = app.release == 0 ? "-"
                                : app.is_stopped ? "stopped"
                                                 : "release " + std::to_string(app.release);
    const std::string parent =
        app.review ? concat("  (review app of ", app.review->parent.view(), ')') : "";
    char line[512];
    std::snprintf(line, sizeof line, "%-30s  %-12s  %s%s\n", name.c_str(), release.c_str(),
                  addresses(app, config).c_str(), parent.c_str());
    std::cout << line;
  }
  return EX_OK;
}

}  // namespace hythe
