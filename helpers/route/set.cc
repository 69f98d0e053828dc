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

/// Has the table say what the request asks for.
void fill(RouteTable& table, const RouteRequest& request, const DomainList& domains) noexcept {
  if (request.tcp != 0 && table.port == 0)
    die(EX_UNAVAILABLE, "'", request.app->view(), "' has no port of the host");
  table.domains = domains;
  const auto live = root::live_lane(*request.app);
  for (const Lane lane : kLiveLanes)
    if (lane == request.lane || lane != live) {
      table.web[lane] = request.web;
      table.tcp[lane] = request.tcp;
    }
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
  change.make([&](RouteTable& table) noexcept {
    // Whoever came after it may have told other domains since.
    if (root::is_caller_gone()) die(EX_TEMPFAIL, "whoever asked is gone");
    refuse_what_is_not_its_own(routes.tables, app, domains, table.domains, caller);
    fill(table, request, domains);
    return true;
  });
  // Beyond this point the domains are the app's, and no other can get them.

  serve_or_undo(routes, app, change);
}

}  // namespace hythe::route_helper
