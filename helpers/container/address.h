// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "core/decimal.h"
#include "core/slot.h"

namespace hythe::container {

/// "10.0.0.1", in exactly the form that Address::text() writes.
[[nodiscard]] constexpr std::optional<Address> parse_address(std::string_view text) noexcept {
  std::uint32_t value = 0;
  for (int i = 0; i < 4; ++i) {
    const auto dot = i < 3 ? text.find('.') : text.size();
    if (dot == std::string_view::npos) return std::nullopt;
    const auto byte = parse_decimal(text.substr(0, dot), 255);
    if (!byte) return std::nullopt;
    value = value << 8U | static_cast<std::uint32_t>(*byte);
    text.remove_prefix(i < 3 ? dot + 1 : dot);
  }
  return Address{value};
}

/// An IPv4 network: "192.168.7.0/24". The bits beyond the prefix are zero.
struct Network {
  Address address{};
  unsigned prefix = 0;

  [[nodiscard]] static constexpr std::optional<Network> parse(std::string_view text) noexcept {
    const auto slash = text.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const auto address = parse_address(text.substr(0, slash));
    const auto prefix = parse_decimal(text.substr(slash + 1), 32);
    if (!address || !prefix) return std::nullopt;
    const std::uint64_t beyond = (std::uint64_t{1} << (32U - *prefix)) - 1U;
    if ((address->value & beyond) != 0) return std::nullopt;
    return Network{*address, static_cast<unsigned>(*prefix)};
  }
};

}  // namespace hythe::container
