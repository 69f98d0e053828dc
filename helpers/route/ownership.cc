// SPDX-License-Identifier: Apache-2.0
#include "helpers/route/ownership.h"

#include <sys/utsname.h>

#include "core/host_name.h"
#include "helpers/die.h"

namespace hythe::route_helper {
namespace {

/// What a domain that the app does not have yet must not be.
void judge_new_domain(std::string_view domain, uid_t caller) noexcept {
  if (caller == 0) return;
  if (domain.starts_with("*."))
    root::deny("'", domain, "' is a wildcard: only root can give it to an app");
  if (domain.starts_with("hythe."))
    root::deny("'", domain, "' is where forges reach hythe: only root can give it to an app");
  utsname host{};
  if (::uname(&host) == 0 && is_name_of_host(domain, host.nodename))
    root::deny("'", domain, "' is this host's own name: only root can give it to an app");
}

void refuse_domains_of_others(const RouteTables& tables, const AppName& app,
                              const DomainList& wanted, const DomainList& ours) noexcept {
  tables.for_each_domain_but_of(app, [&](const AppName& owner, std::string_view domain) {
    if (wanted.contains(domain) && !ours.contains(domain))
      root::deny("'", domain, "' belongs to app '", owner.view(), "'");
  });
}

}  // namespace

void refuse_what_is_not_its_own(const RouteTables& tables, const AppName& app,
                                const DomainList& wanted, const DomainList& ours,
                                uid_t caller) noexcept {
  bool has_new_domain = false;
  for (const std::string_view domain : wanted) {
    if (ours.contains(domain)) continue;
    judge_new_domain(domain, caller);
    has_new_domain = true;
  }
  // Those it has were compared when it got them.
  if (has_new_domain) refuse_domains_of_others(tables, app, wanted, ours);
}

}  // namespace hythe::route_helper
