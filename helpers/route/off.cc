// SPDX-License-Identifier: Apache-2.0
#include "helpers/die.h"
#include "helpers/interruptions.h"
#include "helpers/lane_marker.h"
#include "helpers/route/serve.h"
#include "helpers/route/verbs.h"

namespace hythe::route_helper {
namespace {

void forget_table(const RouteTables& tables, const AppName& app, TableChange& change) noexcept {
  const root::Lock lock = lock_tables();
  char memory[kMaxRouteTable];
  change.make(tables.bytes(app, memory), std::nullopt);
}

}  // namespace

void off(const AppName& app) noexcept {
  root::ignore_interruptions();
  const Routes routes = Routes::open();
  TableChange change(routes.tables, app);
  forget_table(routes.tables, app, change);

  const root::Lock lock = lock_nginx();
  Failure failure;
  if (!is_served(routes, app) && !serve(routes, app, failure)) {
    change.undo();
    root::die(failure.sysexit, failure.sentence.view());
  }
  // Beyond this point no request reaches the app, so its markers mean nothing.
  root::remove_lane_markers(app);
}

}  // namespace hythe::route_helper
