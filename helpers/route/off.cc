// SPDX-License-Identifier: Apache-2.0
#include "helpers/die.h"
#include "helpers/interruptions.h"
#include "helpers/lane_marker.h"
#include "helpers/route/port_rules.h"
#include "helpers/route/serve.h"
#include "helpers/route/verbs.h"

namespace hythe::route_helper {
namespace {

/// All that remains of the table is the port, which is the app's until it is freed.
void empty_table(const RouteTables& tables, const AppName& app, TableChange& change) noexcept {
  const root::Lock lock = lock_tables();
  char memory[kMaxRouteTable];
  const auto bytes = tables.bytes(app, memory);
  const auto before = bytes ? parse_route_table(*bytes) : std::nullopt;
  if (!before || before->port == 0) return change.write(bytes, std::nullopt);
  root::FixedText<kMaxRouteTable> text;
  RouteTable after;
  after.port = before->port;
  write_route_table(text, after);
  change.write(bytes, text.view());
}

bool lead_nowhere(const RouteTables& tables, const AppName& app, Failure& failure) noexcept {
  const root::Lock lock = lock_lanes();
  return lead_port(tables, app, std::nullopt, 0, failure);
}

void lead_back(const RouteTables& tables, const AppName& app) noexcept {
  const root::Lock lock = lock_lanes();
  Failure failure;
  if (!lead_port(tables, app, root::live_lane(app), 0, failure))
    root::audit("the port of ", app.view(), " did not go back: ", failure.sentence.view());
}

}  // namespace

void off(const AppName& app) noexcept {
  root::ignore_interruptions();
  const Routes routes = Routes::open();
  TableChange change(routes.tables, app);
  empty_table(routes.tables, app, change);
  Failure failure;
  if (!lead_nowhere(routes.tables, app, failure)) {
    change.undo();
    root::die(failure.sysexit, failure.sentence.view());
  }

  const root::Lock lock = lock_nginx();
  if (!is_served(routes, app) && !serve(routes, app, failure)) {
    change.undo();
    lead_back(routes.tables, app);
    root::die(failure.sysexit, failure.sentence.view());
  }
  // Beyond this point nothing reaches the app, so its markers mean nothing.
  root::remove_lane_markers(app);
}

}  // namespace hythe::route_helper
