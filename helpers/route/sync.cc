// SPDX-License-Identifier: Apache-2.0
#include "helpers/die.h"
#include "helpers/interruptions.h"
#include "helpers/route/port_rules.h"
#include "helpers/route/serve.h"
#include "helpers/route/verbs.h"

namespace hythe::route_helper {
namespace {

bool sync_ports(const RouteTables& tables, Failure& failure) noexcept {
  const root::Lock lock = lock_lanes();
  return lead_all_ports(tables, failure);
}

bool sync_nginx(const Routes& routes, Failure& failure) noexcept {
  const root::Lock lock = lock_nginx();
  return serve_all(routes, failure);
}

}  // namespace

void sync() noexcept {
  root::ignore_interruptions();
  const Routes routes = Routes::open();
  // Neither waits for the other's success.
  Failure failure;
  const bool has_ports = sync_ports(routes.tables, failure);
  if (!sync_nginx(routes, failure) || !has_ports)
    root::die(failure.sysexit, failure.sentence.view());
}

}  // namespace hythe::route_helper
