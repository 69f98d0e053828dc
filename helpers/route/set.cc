// SPDX-License-Identifier: Apache-2.0
#include "helpers/caller_input.h"
#include "helpers/die.h"
#include "helpers/interruptions.h"
#include "helpers/lane_marker.h"
#include "helpers/route/ownership.h"
#include "helpers/route/serve.h"
#include "helpers/route/verbs.h"
#include "helpers/slot_of.h"

namespace hythe::route_helper {
namespace {

using root::die;

constexpr int kInputMs = 10'000;

DomainList read_domains(std::span<char> memory) noexcept {
  DomainList domains;
  const std::string_view text =
      root::read_caller_input(memory, root::Deadline::in_ms(kInputMs));
  if (const auto fault = parse_domains(text, domains))
    die(EX_DATAERR, "'", fault->domain, "' ", fault->why);
  return domains;
}

/// The table that the request asks for, with the lock of tables held.
RouteTable wanted_table(const RouteTables& tables, const RouteRequest& request,
                        const DomainList& domains, const RouteTable& before,
                        uid_t caller) noexcept {
  refuse_what_is_not_its_own(tables, *request.app, domains, before.domains, caller);
  if (request.tcp != 0 && before.port == 0)
    die(EX_UNAVAILABLE, "'", request.app->view(), "' has no port of the host");
  RouteTable table = before;
  table.domains = domains;
  const auto live = root::live_lane(*request.app);
  for (const Lane lane : {Lane::a, Lane::b, Lane::c})
    if (lane == request.lane || lane != live) {
      table.web[lane] = request.web;
      table.tcp[lane] = request.tcp;
    }
  return table;
}

/// Writes the table; where it already says the same, nothing is written.
void change_table(const RouteTables& tables, const RouteRequest& request,
                  const DomainList& domains, uid_t caller, TableChange& change) noexcept {
  const root::Lock lock = lock_tables();
  char memory[kMaxRouteTable];
  const auto bytes = tables.bytes(*request.app, memory);
  const auto before = bytes ? parse_route_table(*bytes) : RouteTable{};
  if (!before) die(EX_CONFIG, "the route table of '", request.app->view(), "' is damaged");
  const RouteTable after = wanted_table(tables, request, domains, *before, caller);
  root::FixedText<kMaxRouteTable> text;
  write_route_table(text, after);
  change.make(bytes, text.view());
}

}  // namespace

void set(const RouteRequest& request, uid_t caller) noexcept {
  const AppName& app = *request.app;
  if (!root::slot_of(app)) die(EX_NOINPUT, "there is no app '", app.view(), "'");
  char memory[DomainList::kMaxBytes];
  const DomainList domains = read_domains(memory);
  root::ignore_interruptions();

  const Routes routes = Routes::open();
  TableChange change(routes.tables, app);
  change_table(routes.tables, request, domains, caller, change);
  // Beyond this point the domains are the app's, and no other can get them.

  serve_or_undo(routes, app, change);
}

}  // namespace hythe::route_helper
