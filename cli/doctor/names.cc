// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "cli/doctor/host.h"
#include "lib/errors.h"
#include "lib/net/host_addresses.h"

namespace hythe {
namespace {

std::set<std::string> texts_of(const std::vector<IpAddress>& addresses) {
  std::set<std::string> texts;
  for (const IpAddress& address : addresses) texts.insert(address.text());
  return texts;
}

std::set<std::string> where_leads(const std::string& name) {
  try {
    return texts_of(addresses_of(name));
  } catch (const PushError&) {
    return {};
  }
}

HostCheck check_name(const std::string& shown, const std::string& asked) {
  HostCheck check{.name = "DNS", .state = HostCheck::State::notice, .found = {}};
  const auto addresses = where_leads(asked);
  if (addresses.empty()) {
    check.found = concat(shown, " leads nowhere");
    check.way_out = concat("have your name server lead ", shown, " to this host (A, AAAA)");
    return check;
  }
  const auto own = texts_of(own_addresses());
  check.found = concat(shown, " leads to");
  bool is_here = false;
  for (const std::string& address : addresses) {
    check.found += ' ' + address;
    is_here = is_here || own.contains(address);
  }
  if (is_here)
    check.state = HostCheck::State::fine;
  else
    check.way_out =
        "that is no address of this host: well behind a translating router, and "
        "wrong otherwise";
  return check;
}

}  // namespace

HostChecks check_names(const Config& config) {
  return {check_name(config.base_domain, config.base_domain),
          check_name("*." + config.base_domain, "hythe-setup." + config.base_domain)};
}

}  // namespace hythe
