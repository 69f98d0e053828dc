// SPDX-License-Identifier: Apache-2.0
#include <arpa/inet.h>
#include <ifaddrs.h>
#include <netdb.h>
#include <netinet/in.h>

#include <memory>
#include <set>

#include "cli/doctor/host.h"
#include "lib/errors.h"

namespace hythe {
namespace {

std::string text_of(const sockaddr& address) {
  char text[INET6_ADDRSTRLEN] = {};
  if (address.sa_family == AF_INET)
    ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(address).sin_addr, text,
                sizeof text);
  else if (address.sa_family == AF_INET6)
    ::inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr, text,
                sizeof text);
  return text;
}

std::set<std::string> addresses_of(const std::string& name) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (::getaddrinfo(name.c_str(), nullptr, &hints, &found) != 0) return {};
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owned(found, ::freeaddrinfo);
  std::set<std::string> addresses;
  for (; found != nullptr; found = found->ai_next) addresses.insert(text_of(*found->ai_addr));
  return addresses;
}

std::set<std::string> own_addresses() {
  ifaddrs* first = nullptr;
  if (::getifaddrs(&first) != 0) return {};
  const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> owned(first, ::freeifaddrs);
  std::set<std::string> addresses;
  for (; first != nullptr; first = first->ifa_next)
    if (first->ifa_addr != nullptr) addresses.insert(text_of(*first->ifa_addr));
  return addresses;
}

HostCheck check_name(const std::string& shown, const std::string& asked) {
  HostCheck check{.name = "DNS", .state = HostCheck::State::notice, .found = {}};
  const auto addresses = addresses_of(asked);
  if (addresses.empty()) {
    check.found = concat(shown, " leads nowhere");
    check.way_out = concat("have your name server lead ", shown, " to this host (A, AAAA)");
    return check;
  }
  const auto own = own_addresses();
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
