// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace hythe {

/// An IPv4 or IPv6 address. One of IPv4 that is written as one of IPv6 (::ffff:a.b.c.d, as
/// sockets have them) is one of IPv4.
class IpAddress {
 public:
  [[nodiscard]] static std::optional<IpAddress> parse(std::string_view text);
  [[nodiscard]] std::string text() const;
  [[nodiscard]] bool is_v6() const { return is_v6_; }
  [[nodiscard]] const std::array<unsigned char, 16>& bytes() const { return bytes_; }

  /// Anybody's on the internet: not private, of this host or link, shared, multicast, reserved,
  /// or made of another address, which nobody could see then (NAT64, 6to4, Teredo).
  [[nodiscard]] bool is_public() const;

 private:
  bool is_v6_ = false;
  std::array<unsigned char, 16> bytes_{};  // the first four of IPv4
};

/// "10.0.0.0/8", "fd00::/8", "192.0.2.7".
class Network {
 public:
  [[nodiscard]] static std::optional<Network> parse(std::string_view text);
  [[nodiscard]] bool contains(const IpAddress& address) const;

 private:
  IpAddress address_;
  unsigned bits_ = 0;
};

/// Whether one of these, each of which is a network, has the address.
[[nodiscard]] bool is_in_any(const IpAddress& address, std::span<const char* const> networks);

}  // namespace hythe
