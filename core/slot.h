// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/decimal.h"

namespace hythe {

/// One of an app's four sets of addresses, plus the block that its builds and one-offs use.
/// A deployment starts in a free lane, and exactly one of a to d is live.
enum class Lane : std::uint8_t { a = 0, b = 1, c = 2, d = 3, one_off = 4 };

/// The lanes that can be live, in rising order.
inline constexpr std::array kLiveLanes = {Lane::a, Lane::b, Lane::c, Lane::d};

[[nodiscard]] constexpr char letter(Lane lane) noexcept {
  return "abcdo"[static_cast<int>(lane)];
}

/// The same as a word, as helpers, markers and records have it.
[[nodiscard]] constexpr const char* word(Lane lane) noexcept {
  return &"a\0b\0c\0d\0o"[2 * static_cast<int>(lane)];
}

/// A lane that can be live, by its letter and nothing else.
[[nodiscard]] constexpr std::optional<Lane> parse_lane(std::string_view text) noexcept {
  for (const Lane lane : kLiveLanes)
    if (text == word(lane)) return lane;
  return std::nullopt;
}

/// Any lane, by its letter.
[[nodiscard]] constexpr std::optional<Lane> parse_any_lane(std::string_view text) noexcept {
  return text == word(Lane::one_off) ? Lane::one_off : parse_lane(text);
}

/// a → b → c → d → a: the order in which free lanes are taken.
[[nodiscard]] constexpr Lane next(Lane lane) noexcept {
  return kLiveLanes[(static_cast<std::size_t>(lane) + 1) % kLiveLanes.size()];
}

/// Which lane is live: the highest of those that have a marker, and none without any. Looks
/// from the highest down, one after the other, which a switch allows for
/// (helpers/lane_marker.h).
template <class HasMarker>
[[nodiscard]] constexpr std::optional<Lane> live_by_markers(HasMarker has_marker) {
  for (auto lane = kLiveLanes.rbegin(); lane != kLiveLanes.rend(); ++lane)
    if (has_marker(*lane)) return *lane;
  return std::nullopt;
}

/// The place of a container in its lane, from 0: first those of `web`, so that web.1 is 0,
/// then those of `tcp`, then all others.
struct Position {
  static constexpr unsigned kCount = 30;
  unsigned value = 0;

  [[nodiscard]] static constexpr std::optional<Position> parse(std::string_view text) noexcept {
    const auto value = parse_decimal(text, kCount - 1);
    if (!value) return std::nullopt;
    return Position{static_cast<unsigned>(*value)};
  }
};

/// The small integer that root gives an app at its creation. Everything that must be unique
/// on the host derives from it: no other number is ever allocated.
///
///   uid, gid   1 900 000 000 + slot: above every range that login.defs, subuid and systemd
///              (524 288 to 1 879 048 191) hand out
///   address    10.214.0.0 + 256 × slot + 32 × lane + 1 + position: eight blocks, of which
///              the last three are spare
struct Slot {
  static constexpr unsigned kFirst = 1;
  static constexpr unsigned kLast = 510;  // 511 would hold the gateway, 10.215.255.254
  unsigned value = 0;

  [[nodiscard]] static constexpr std::optional<Slot> parse(std::string_view text) noexcept {
    const auto value = parse_decimal(text, kLast);
    if (!value || *value < kFirst) return std::nullopt;
    return Slot{static_cast<unsigned>(*value)};
  }
  [[nodiscard]] constexpr unsigned uid() const noexcept { return 1'900'000'000U + value; }
};

/// An IPv4 address in host byte order, with the text that ip, nft and nginx read.
struct Address {
  std::uint32_t value = 0;
  struct Text {
    char c_str[sizeof "255.255.255.255"] = {};
  };
  [[nodiscard]] constexpr Text text() const noexcept {
    Text out;
    unsigned length = 0;
    for (int shift = 24; shift >= 0; shift -= 8) {
      const unsigned byte = (value >> static_cast<unsigned>(shift)) & 0xFFU;
      if (byte >= 100) out.c_str[length++] = static_cast<char>('0' + byte / 100);
      if (byte >= 10) out.c_str[length++] = static_cast<char>('0' + byte / 10 % 10);
      out.c_str[length++] = static_cast<char>('0' + byte % 10);
      if (shift != 0) out.c_str[length++] = '.';
    }
    return out;
  }
};

inline constexpr std::uint32_t kNetwork = (10U << 24U) | (214U << 16U);
inline constexpr std::uint32_t kNetworkSize = 1U << 17U;
inline constexpr const char* kNetworkText = "10.214.0.0/15";
/// The host's own end of every container's link.
inline constexpr const char* kGatewayText = "10.215.255.254";
/// Where every `web` and `tcp` container listens, on its own address ($PORT).
inline constexpr unsigned kAppPort = 8080;

inline constexpr unsigned kSlotSize = 256;
inline constexpr unsigned kBlockSize = 32;

[[nodiscard]] constexpr Address address_of(Slot slot, Lane lane, Position position) noexcept {
  return {kNetwork + kSlotSize * slot.value + kBlockSize * static_cast<unsigned>(lane) + 1U +
          position.value};
}

static_assert(1 + Position::kCount <= kBlockSize);
static_assert((static_cast<unsigned>(Lane::one_off) + 1) * kBlockSize <= kSlotSize);
// The network's own address is slot 0's, its gateway and broadcast address are slot 511's.
static_assert(Slot::kFirst > 0 && (Slot::kLast + 2) * kSlotSize == kNetworkSize);
static_assert(std::string_view(Address{kNetwork}.text().c_str) == "10.214.0.0");
static_assert(std::string_view(Address{kNetwork + kNetworkSize - 2}.text().c_str) ==
              kGatewayText);
static_assert(std::string_view(address_of({1}, Lane::a, {0}).text().c_str) == "10.214.1.1");
static_assert(std::string_view(address_of({1}, Lane::d, {0}).text().c_str) == "10.214.1.97");

}  // namespace hythe
