// SPDX-License-Identifier: Apache-2.0
#include "helpers/die.h"
#include "helpers/interruptions.h"
#include "helpers/lane_marker.h"
#include "helpers/route/port_rules.h"
#include "helpers/route/verbs.h"

namespace hythe::route_helper {

void balance(const std::optional<AppName>& app) noexcept {
  root::ignore_interruptions();
  const RouteTables tables = RouteTables::open();
  const root::Lock lock = lock_lanes();
  Failure failure;
  const bool is_done = app ? lead_port(tables, *app, root::live_lane(*app), 0, failure)
                           : lead_all_ports(tables, failure);
  if (!is_done) root::die(failure.sysexit, failure.sentence.view());
}

}  // namespace hythe::route_helper
