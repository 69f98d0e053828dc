// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/firewall.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <string_view>

#include "core/paths.h"
#include "core/special_networks.h"
#include "helpers/container/complain.h"
#include "helpers/container/egress.h"
#include "helpers/container/file.h"
#include "helpers/container/port_share.h"
#include "helpers/container/removal.h"

namespace hythe::container {
namespace {

constexpr const char* kForwarding = "/proc/sys/net/ipv4/ip_forward";
/// Exists when it was hythe that turned forwarding on.
constexpr const char* kForwardingIsOurs = "forwarding";
/// The text that was loaded, and what nft said of it then, each after the other.
constexpr const char* kLoaded = "firewall";

constexpr const char* const kList[] = {paths::kNft, "-s",   "-n",    "list",
                                       "table",     "inet", "hythe", nullptr};
constexpr const char* const kLoad[] = {paths::kNft, "-f", "-", nullptr};

template <class List, class ToText>
std::string joined(const List& list, ToText to_text) {
  std::string out;
  for (const auto& item : list) out.append(out.empty() ? "" : ", ").append(to_text(item));
  return out;
}

std::string text_of(const Network& network) {
  return std::string(network.address.text().c_str) + "/" + std::to_string(network.prefix);
}

/// The interfaces of /proc/net/route that lead everywhere (destination and mask zero).
std::vector<std::string> default_route_interfaces() {
  std::vector<std::string> out;
  const std::string table = read_file("/proc/net/route", 1U << 20U).value_or("");
  std::string_view rest = table;
  while (!rest.empty()) {
    const auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(line.size() == rest.size() ? line.size() : line.size() + 1);
    const auto name = line.substr(0, line.find('\t'));
    const auto is_plain = [](char c) {
      return c > ' ' && c <= '~' && c != '"' && c != '\\' && c != '*';
    };
    if (line.size() > name.size() + 9 && line.substr(name.size() + 1, 8) == "00000000" &&
        std::all_of(name.begin(), name.end(), is_plain) &&
        std::find(out.begin(), out.end(), name) == out.end())
      out.emplace_back(name);
  }
  std::sort(out.begin(), out.end());
  return out;
}

UniqueFd private_directory() {
  ::mkdir(paths::kRun, 0755);
  ::mkdir(paths::kPrivate, 0700);
  return open_directory(AT_FDCWD, paths::kPrivate);
}

/// Without forwarding, containers reach nobody. It makes the host a router for everybody
/// else too, hence the guard in the chain `forward`, which is in force before: this is
/// called when the table has been loaded. Where something else had turned it on, that
/// something has its own rules about others' packets.
bool turn_forwarding_on() {
  return write_kernel_file(kForwarding, "1");
}

bool is_forwarding() {
  return read_file(kForwarding, 16).value_or("") == "1\n";
}

}  // namespace

std::string Firewall::text() const {
  // Adding the table first makes it exist, so that it can be deleted: one transaction, at no
  // time of which is there no rule in force.
  std::string out = "add table inet hythe\ndelete table inet hythe\ntable inet hythe {\n";

  const auto address = [](const Address& server) { return std::string(server.text().c_str); };
  out.append("  set resolvers { type ipv4_addr; elements = { ")
      .append(joined(resolvers, address));
  out.append(" } }\n  set egress { type ipv4_addr; flags interval; auto-merge;");
  if (!egress.empty())
    out.append(" elements = { ").append(joined(egress, text_of)).append(" }");
  out.append(" }\n  set not_the_internet { type ipv4_addr; flags interval; elements = { ");
  out.append(joined(kSpecialNetworks, [](const char* text) { return text; })).append(" } }\n");

  // A container speaks for its own address only: the way back to it is its own link.
  out.append(
      "  chain prerouting {\n"
      "    type filter hook prerouting priority raw; policy accept;\n"
      "    iifname \"hy*\" meta nfproto ipv6 drop\n"
      "    iifname \"hy*\" fib saddr . iif oif missing drop\n"
      "  }\n");

  // Towards the host: answers, and questions to a resolver that is the host itself. The
  // host's web server is reached by its public name when the administrator opens it.
  out.append(
      "  chain input {\n"
      "    type filter hook input priority filter; policy accept;\n"
      "    iifname != \"hy*\" return\n"
      "    ct state established,related accept\n"
      "    ip daddr @resolvers meta l4proto { tcp, udp } th dport 53 accept\n"
      "    ip daddr @egress tcp dport { 80, 443 } accept\n"
      "    drop\n"
      "  }\n");

  // Through the host. New connections towards containers are only those of raw TCP process
  // types, which hythe-route has translated (dnat); web traffic comes from nginx, on the host.
  out.append(
      "  chain forward {\n"
      "    type filter hook forward priority filter; policy accept;\n"
      "    iifname \"hy*\" goto from_container\n"
      "    oifname \"hy*\" goto to_container\n");
  for (const std::string& interface : guarded)
    out.append("    iifname \"")
        .append(interface)
        .append("\" ct state new ct status ! dnat drop\n");
  out.append(
      "  }\n"
      "  chain from_container {\n"
      "    ct state invalid drop\n"
      "    ct state established,related accept\n"
      "    oifname \"hy*\" ct status dnat accept\n"
      "    oifname \"hy*\" drop\n"
      "    ip daddr @resolvers meta l4proto { tcp, udp } th dport 53 accept\n"
      "    ip daddr @egress accept\n"
      "    ip daddr @not_the_internet reject with icmp type admin-prohibited\n"
      "    meta nfproto ipv4 accept\n"
      "    drop\n"
      "  }\n"
      "  chain to_container {\n"
      "    ct state invalid drop\n"
      "    ct state established,related accept\n"
      "    ct status dnat accept\n"
      "    drop\n"
      "  }\n");

  out.append(
         "  chain postrouting {\n"
         "    type nat hook postrouting priority srcnat; policy accept;\n"
         "    ip saddr ")
      .append(kNetworkText)
      .append(
          " oifname != \"hy*\" masquerade\n"
          // A container that connects to its own app's public port must be answered by way
          // of the host, which has translated it.
          "    ip saddr ")
      .append(kNetworkText)
      .append(" ip saddr != ")
      .append(kGatewayText)
      .append(" ct status dnat masquerade\n  }\n}\n");
  return out;
}

std::optional<FirewallCheck> FirewallCheck::begin(std::vector<Address> resolvers) {
  auto egress = egress_of_host();
  const UniqueFd directory = private_directory();
  if (!egress || !directory) return std::nullopt;
  if (!is_forwarding() && !create_file(directory.get(), kForwardingIsOurs, 0600, "") &&
      errno != EEXIST)
    return std::nullopt;
  Firewall firewall{.resolvers = std::move(resolvers), .egress = std::move(*egress)};
  if (::faccessat(directory.get(), kForwardingIsOurs, F_OK, 0) == 0)
    firewall.guarded = default_route_interfaces();
  auto listing = Program::start(kList, "");
  if (!listing) return std::nullopt;
  return FirewallCheck(firewall.text(), std::move(*listing));
}

bool FirewallCheck::is_in_force() {
  const std::string path = std::string(paths::kPrivate) + "/" + kLoaded;
  return listing_.wait() &&
         read_file(path.c_str(), 1U << 20U).value_or("") == text_ + listing_.output();
}

bool FirewallCheck::finish() {
  const UniqueFd directory = private_directory();
  if (!is_in_force()) {
    auto load = Program::start(kLoad, text_);
    if (!load || !load->wait()) {
      complain("cannot load the firewall: ", load ? load->output() : "");
      return false;
    }
    auto listing = Program::start(kList, "");
    if (!listing || !listing->wait()) return false;
    // Not a matter of safety if it fails: then the table is loaded once more next time.
    remove_own(directory.get(), kLoaded);
    (void)create_file(directory.get(), kLoaded, 0600, text_ + listing->output());
    // Whoever flushed it has flushed the apps' ports with it. It complains; and no container is
    // less safe for it.
    (void)balance_all_ports();
  }
  if (!is_forwarding() && !turn_forwarding_on()) {
    complain_errno("turn on '", kForwarding, "'");
    return false;
  }
  return true;
}

}  // namespace hythe::container
