// SPDX-License-Identifier: Apache-2.0
#include "lib/net/reachable_host.h"

#include <sysexits.h>
#include <unistd.h>

#include <algorithm>

#include "core/paths.h"
#include "core/slot.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/net/host_addresses.h"
#include "lib/printable.h"

namespace hythe {
namespace {

constexpr const char* kOurs[] = {"127.0.0.0/8", "0.0.0.0/8", kNetworkText};

/// Also a public address may be ours; what listens there may only be meant for us. So are the
/// containers, whose neighbours are kept from them, and "no address" (0.0.0.0), which is
/// loopback.
bool is_this_hosts(const IpAddress& address) {
  const auto ours = own_addresses();
  const bool is_ours = std::any_of(ours.begin(), ours.end(), [&address](const IpAddress& own) {
    return own.text() == address.text();
  });
  return is_ours || is_in_any(address, kOurs);
}

std::vector<Network> opened_networks() {
  if (::access(paths::kEgress, F_OK) != 0) return {};
  return parse_egress(read_file(paths::kEgress));
}

}  // namespace

std::vector<IpAddress> reachable_addresses(const std::string& host) {
  const auto all = addresses_of(host);
  const auto opened = opened_networks();
  std::vector<IpAddress> reachable;
  for (const IpAddress& ip : all) {
    const bool is_opened = std::any_of(opened.begin(), opened.end(),
                                       [&ip](const Network& one) { return one.contains(ip); });
    if ((ip.is_public() || is_opened) && !is_this_hosts(ip)) reachable.push_back(ip);
  }
  if (reachable.empty())
    throw PushError(
        concat(
            "'", host, "' is at ", all.empty() ? "no address" : all.front().text(),
            ", which is not on the internet\nits administrator can open its network to apps: ",
            paths::kEgress),
        EX_NOPERM);
  return reachable;
}

std::vector<Network> parse_egress(std::string_view text) {
  constexpr const char* kBlank = " \t";
  std::vector<Network> networks;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, std::min(text.find('#'), end));
    text.remove_prefix(std::min(end + 1, text.size()));
    line.remove_prefix(std::min(line.find_first_not_of(kBlank), line.size()));
    line = line.substr(0, line.find_last_not_of(kBlank) + 1);
    if (line.empty()) continue;
    const auto network = Network::parse(line);
    if (!network)
      throw PushError(concat("'", printable(line), "' in ", paths::kEgress, " is no network"),
                      EX_CONFIG);
    networks.push_back(*network);
  }
  return networks;
}

}  // namespace hythe
