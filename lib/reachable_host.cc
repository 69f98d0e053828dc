// SPDX-License-Identifier: Apache-2.0
#include "lib/reachable_host.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>
#include <vector>

#include "core/decimal.h"
#include "core/paths.h"
#include "lib/descriptors.h"
#include "lib/errors.h"

namespace hythe {
namespace {

struct Network {
  const char* address;
  unsigned bits;
};

/// IANA's special-purpose registry (RFC 6890 and later).
constexpr Network kNotPublic[] = {
    {"0.0.0.0", 8},      {"10.0.0.0", 8},     {"100.64.0.0", 10}, {"127.0.0.0", 8},
    {"169.254.0.0", 16}, {"172.16.0.0", 12},  {"192.0.0.0", 24},  {"192.0.2.0", 24},
    {"192.88.99.0", 24}, {"192.168.0.0", 16}, {"198.18.0.0", 15}, {"198.51.100.0", 24},
    {"203.0.113.0", 24}, {"224.0.0.0", 4},    {"240.0.0.0", 4}};

std::optional<std::uint32_t> ipv4(const std::string& text) {
  in_addr address = {};
  if (::inet_pton(AF_INET, text.c_str(), &address) != 1) return std::nullopt;
  return ntohl(address.s_addr);
}

bool is_in(std::uint32_t address, std::uint32_t network, unsigned bits) {
  const std::uint32_t mask = bits == 0 ? 0 : ~std::uint32_t{0} << (32 - bits);
  return (address & mask) == (network & mask);
}

struct Free {
  void operator()(addrinfo* list) const noexcept { ::freeaddrinfo(list); }
};

std::vector<std::string> addresses_of(const std::string& host) {
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_ADDRCONFIG;
  addrinfo* raw = nullptr;
  const int code = ::getaddrinfo(host.c_str(), nullptr, &hints, &raw);
  const std::unique_ptr<addrinfo, Free> list(raw);
  if (code != 0)
    throw PushError(concat("cannot find the host '", host, "': ", ::gai_strerror(code)),
                    EX_NOHOST);
  std::vector<std::string> out;
  for (const addrinfo* entry = raw; entry != nullptr; entry = entry->ai_next) {
    char text[NI_MAXHOST];
    if (::getnameinfo(entry->ai_addr, entry->ai_addrlen, text, sizeof text, nullptr, 0,
                      NI_NUMERICHOST) == 0)
      out.emplace_back(text);
  }
  return out;
}

}  // namespace

bool is_public_address(const std::string& address) {
  if (const auto four = ipv4(address))
    return std::none_of(std::begin(kNotPublic), std::end(kNotPublic), [&](const Network& n) {
      return is_in(*four, *ipv4(n.address), n.bits);
    });
  in6_addr six = {};
  // 2000::/3 is all that was ever given out; in it, 6to4 and documentation lead nowhere or
  // back.
  if (::inet_pton(AF_INET6, address.c_str(), &six) != 1) return false;
  const auto* bytes = six.s6_addr;
  const unsigned first = static_cast<unsigned>(bytes[0]) << 8U | bytes[1];
  const unsigned second = static_cast<unsigned>(bytes[2]) << 8U | bytes[3];
  if (first >> 13U != 1 || first == 0x2002) return false;
  return first != 0x2001 || (second != 0x0db8 && second > 0x01ff);
}

bool is_in_networks(const std::string& address, std::string_view egress) {
  const auto four = ipv4(address);
  if (!four) return false;
  for (std::size_t begin = 0; begin < egress.size();) {
    const auto end = std::min(egress.find('\n', begin), egress.size());
    std::string_view line = egress.substr(begin, end - begin);
    begin = end + 1;
    line = line.substr(0, line.find('#'));
    while (line.ends_with(' ') || line.ends_with('\t')) line.remove_suffix(1);
    while (line.starts_with(' ') || line.starts_with('\t')) line.remove_prefix(1);
    const auto slash = line.find('/');
    if (slash == std::string_view::npos) continue;
    const auto network = ipv4(std::string(line.substr(0, slash)));
    const auto bits = parse_decimal(line.substr(slash + 1), 32);
    if (network && bits && is_in(*four, *network, static_cast<unsigned>(*bits))) return true;
  }
  return false;
}

std::string reachable_address(const std::string& host) {
  const auto addresses = addresses_of(host);
  const std::string egress = read_file(paths::kEgress);
  for (const std::string& address : addresses)
    if (is_public_address(address) || is_in_networks(address, egress)) return address;
  throw PushError(concat("'", host, "' is at a private address, which is not open to apps",
                         "\nits administrator can open it: ", paths::kEgress),
                  EX_NOPERM);
}

}  // namespace hythe
