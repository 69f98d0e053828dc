// SPDX-License-Identifier: Apache-2.0
#include "lib/net/network.h"

#include <arpa/inet.h>

#include <algorithm>

#include "core/decimal.h"
#include "core/special_networks.h"

namespace hythe {
namespace {

/// Of those that IPv6 has given to the internet (IANA's registry of special addresses).
constexpr const char* kSpecialV6[] = {"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"};
/// All that IPv6 has given to the internet.
constexpr const char* kGlobalV6[] = {"2000::/3"};

}  // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  constexpr unsigned char kMapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  const std::string copy(text);
  if (copy.find('\0') != std::string::npos) return std::nullopt;
  IpAddress address;
  if (::inet_pton(AF_INET, copy.c_str(), address.bytes_.data()) == 1) return address;
  if (::inet_pton(AF_INET6, copy.c_str(), address.bytes_.data()) != 1) return std::nullopt;
  address.is_v6_ = true;
  if (std::equal(std::begin(kMapped), std::end(kMapped), address.bytes_.begin())) {
    std::copy(address.bytes_.begin() + 12, address.bytes_.end(), address.bytes_.begin());
    std::fill(address.bytes_.begin() + 4, address.bytes_.end(), static_cast<unsigned char>(0));
    address.is_v6_ = false;
  }
  return address;
}

std::string IpAddress::text() const {
  char text[INET6_ADDRSTRLEN] = {};
  ::inet_ntop(is_v6_ ? AF_INET6 : AF_INET, bytes_.data(), text, sizeof text);
  return text;
}

bool IpAddress::is_public() const {
  if (!is_v6_) return !is_in_any(*this, kSpecialNetworks);
  return is_in_any(*this, kGlobalV6) && !is_in_any(*this, kSpecialV6);
}

std::optional<Network> Network::parse(std::string_view text) {
  const auto slash = text.find('/');
  const auto address = IpAddress::parse(text.substr(0, slash));
  if (!address) return std::nullopt;
  const unsigned all = address->is_v6() ? 128 : 32;
  Network network;
  network.address_ = *address;
  network.bits_ = all;
  if (slash == std::string_view::npos) return network;
  const auto bits = parse_decimal(text.substr(slash + 1), all);
  if (!bits) return std::nullopt;
  network.bits_ = static_cast<unsigned>(*bits);
  return network;
}

bool Network::contains(const IpAddress& address) const {
  if (address.is_v6() != address_.is_v6()) return false;
  const unsigned whole = bits_ / 8;
  const auto& ours = address_.bytes();
  const auto& theirs = address.bytes();
  if (!std::equal(ours.begin(), ours.begin() + whole, theirs.begin())) return false;
  const unsigned rest = bits_ % 8;
  if (rest == 0) return true;
  return ((ours[whole] ^ theirs[whole]) >> (8 - rest)) == 0;
}

bool is_in_any(const IpAddress& address, std::span<const char* const> networks) {
  return std::any_of(networks.begin(), networks.end(), [&address](const char* network) {
    return Network::parse(network)->contains(address);
  });
}

}  // namespace hythe
