// SPDX-License-Identifier: Apache-2.0
#include <sysexits.h>

#include "cli/commands.h"
#include "cli/ordering.h"
#include "lib/errors.h"
#include "lib/lanes.h"

namespace hythe {
namespace {

/// Whether the app has a release that should serve and does not.
bool is_missing(const AppName& name) {
  if (App::load(name).release == 0) return false;
  const auto live = live_lane(name);
  return !live || !has_containers(name, *live);
}

}  // namespace

int restore(Arguments& arguments, const Caller& caller) {
  arguments.end();
  if (caller.is_remote)
    throw PushError("restore is for the host's boot\nstart one app: hythe deploy APP",
                    EX_NOPERM);
  int code = EX_OK;
  for (const AppName& name : App::all()) {
    if (!is_missing(name)) continue;
    const int outcome = order_deployment(
        {.kind = Order::Kind::restore, .app = name, .who = {}, .trigger = "restore"}, caller);
    if (outcome != EX_OK) code = outcome;  // the others are started all the same
  }
  return code;
}

}  // namespace hythe
