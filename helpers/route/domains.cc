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

void change_domains(const RouteTables& tables, const AppName& app, const DomainList& domains,
                    To how, uid_t caller, TableChange& change) noexcept {
  change.make([&](RouteTable& table) noexcept {
    refuse_what_is_not_its_own(tables, app, domains, table.domains, caller);
    if (how == To::replace) table.domains = {};
    for (const std::string_view domain : domains)
      if (!table.domains.contains(domain))
        if (const auto fault = add_domain(domain, table.domains)) refuse(*fault);
    return true;
  });
}

}  // namespace

void set_domains(const RouteRequest& request, uid_t caller) noexcept {
  const AppName& app = *request.app;
  if (!root::slot_of(app)) die(EX_NOINPUT, "there is no app '", app.view(), "'");
  const DomainList domains = parse_words(request.domains);
  root::ignore_interruptions();
  const Routes routes = Routes::open();
  TableChange change(routes.tables, app);
  change_domains(routes.tables, app, domains, To::replace, caller, change);
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
  change_domains(tables, app, domains, To::add, caller, change);
}

}  // namespace hythe::route_helper
