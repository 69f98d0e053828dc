// SPDX-License-Identifier: Apache-2.0
#include <sysexits.h>

#include <cstdio>
#include <iostream>

#include "cli/commands.h"
#include "lib/clock.h"
#include "lib/printable.h"
#include "lib/units.h"
#include "model/app.h"
#include "model/container/trees.h"
#include "model/release.h"
#include "model/serving_history.h"
#include "model/standing.h"

namespace hythe {
namespace {

const char* state(const Release& release, const App& app, const ServingHistory& history,
                  const Trees& trees) {
  if (release.number == app.release) return "serves";
  if (!trees.releases.contains(release.number)) return "(removed)";
  return history.has_served(release.number) ? "kept" : "failed";
}

}  // namespace

int releases(Arguments& arguments, const Caller&) {
  const App app = App::load(arguments.app());
  arguments.end();
  const auto history = ServingHistory::of(app.name);
  const Trees trees = Trees::of(app.name);
  for (const Release& release : Release::all(app.name)) {
    char line[512];
    std::snprintf(line, sizeof line, "%5u  %-9s  %s  %-7s  %10s  %-10s  %-12s  ",
                  release.number, state(release, app, history, trees),
                  date_and_time(release.built).c_str(), release.short_version().c_str(),
                  format_size(release.size).c_str(), release.stack.c_str(),
                  release.who.c_str());
    std::cout << line << printable(release.summary, 60) << '\n';
  }
  if (const auto standing = Standing::of(app)) std::cout << standing->describe() << '\n';
  return EX_OK;
}

}  // namespace hythe
