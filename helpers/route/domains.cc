// SPDX-License-Identifier: Apache-2.0
#include "helpers/die.h"
#include "helpers/interruptions.h"
#include "helpers/route/ownership.h"
#include "helpers/route/serve.h"
#include "helpers/route/verbs.h"
#include "helpers/slot_of.h"

namespace hythe::route_helper {
namespace {

using root::die;

enum class To : std::uint8_t { replace, add };

void refuse(const DomainFault& fault) noexcept {
  die(EX_DATAERR, "'", fault.domain, "' ", fault.why);
}

DomainList parse_words(std::span<const char* const> words) noexcept {
  DomainList domains;
  for (const char* word : words)
    if (const auto fault = add_domain(word, domains)) refuse(*fault);
  return domains;
}

/// Writes the table; where it already says the same, nothing is written.
void change_table(const RouteTables& tables, const AppName& app, const DomainList& domains,
                  To how, uid_t caller, TableChange& change) noexcept {
  const root::Lock lock = lock_tables();
  char memory[kMaxRouteTable];
  const auto bytes = tables.bytes(app, memory);
  const auto before = bytes ? parse_route_table(*bytes) : RouteTable{};
  if (!before) die(EX_CONFIG, "the route table of '", app.view(), "' is damaged");
  refuse_what_is_not_its_own(tables, app, domains, before->domains, caller);
  RouteTable after = *before;
  if (how == To::replace) after.domains = {};
  for (const std::string_view domain : domains)
    if (!after.domains.contains(domain))
      if (const auto fault = add_domain(domain, after.domains)) refuse(*fault);
  root::FixedText<kMaxRouteTable> text;
  write_route_table(text, after);
  change.make(bytes, text.view());
}

}  // namespace

void set_domains(const RouteRequest& request, uid_t caller) noexcept {
  const AppName& app = *request.app;
  if (!root::slot_of(app)) die(EX_NOINPUT, "there is no app '", app.view(), "'");
  const DomainList domains = parse_words(request.domains);
  root::ignore_interruptions();
  const Routes routes = Routes::open();
  TableChange change(routes.tables, app);
  change_table(routes.tables, app, domains, To::replace, caller, change);
  // Beyond this point the domains are the app's, and no other can get them.

  serve_or_undo(routes, app, change);
}

void claim(const RouteRequest& request, uid_t caller) noexcept {
  const AppName& app = *request.app;
  if (caller != 0) root::deny("only root can claim a domain for an app");
  if (!root::slot_of(app)) die(EX_NOINPUT, "there is no app '", app.view(), "'");
  const DomainList domains = parse_words(request.domains);
  root::ignore_interruptions();
  const RouteTables tables = RouteTables::open();
  TableChange change(tables, app);
  change_table(tables, app, domains, To::add, caller, change);
}

}  // namespace hythe::route_helper
