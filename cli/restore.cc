// SPDX-License-Identifier: Apache-2.0
#include <sysexits.h>

#include <iostream>

#include "cli/commands.h"
#include "cli/ordering.h"
#include "core/paths.h"
#include "lib/complaint.h"
#include "lib/container_state.h"
#include "lib/errors.h"
#include "lib/helper.h"
#include "lib/lanes.h"
#include "pipeline/launch.h"

namespace hythe {
namespace {

/// Whether the app has a release that should serve and does not.
bool is_missing(const AppName& name) {
  const App app = App::load(name);
  if (app.release == 0) return false;
  const auto live = live_lane(name);
  if (!live) return true;
  std::size_t running = 0;
  for (const ContainerState& container : ContainerState::of(name))
    if (container.lane == word(*live)) ++running;
  return running < formation(app, Release::load(name, app.release)).size();
}

/// Ports lead nowhere when another program has flushed the tables of the kernel. The apps are
/// started all the same when that cannot be mended.
int put_ports_back() {
  try {
    call_helper(paths::kRouteHelper, {"balance"});
    return EX_OK;
  } catch (const PushError& error) {
    std::cerr << as_complaint(error.what()) << '\n';
    return error.exit_code();
  }
}

}  // namespace

int restore(Arguments& arguments, const Caller& caller) {
  arguments.end();
  int code = put_ports_back();
  for (const AppName& name : App::all()) {
    if (!is_missing(name)) continue;
    const int outcome = order_deployment(
        {.kind = Order::Kind::restore, .app = name, .who = {}, .trigger = "restore"}, caller);
    if (outcome != EX_OK) code = outcome;  // the others are started all the same
  }
  return code;
}

}  // namespace hythe
