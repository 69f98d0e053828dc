// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "core/slot.h"
#include "helpers/route/domain.h"
#include "helpers/text.h"

namespace hythe::route_helper {

/// A number of containers for each of the lanes that can be live.
struct PerLane {
  std::array<unsigned, kLiveLanes.size()> count{};

  [[nodiscard]] unsigned& operator[](Lane lane) noexcept {
    return count[static_cast<std::size_t>(lane)];
  }
  [[nodiscard]] unsigned operator[](Lane lane) const noexcept {
    return count[static_cast<std::size_t>(lane)];
  }
  [[nodiscard]] bool are_none() const noexcept { return count == decltype(count){}; }
};

/// What root knows about an app's traffic: who may be asked for under which names, at which
/// port of the host, and how many containers receive traffic in each lane: those for
/// requests at the first positions, those for the port's connections at the next, and both
/// together at most Position::kCount.
struct RouteTable {
  PerLane web{};
  PerLane tcp{};      // all 0 without a port
  unsigned port = 0;  // 0: none
  DomainList domains;

  /// Whether nginx has a server for it.
  [[nodiscard]] bool is_public() const noexcept { return !domains.empty(); }
};

/// The longest file below.
inline constexpr std::size_t kMaxRouteTable = DomainList::kMaxBytes + 2048;

/// /var/lib/hythe/routes/APP, line by line; nothing when a single byte is not as expected:
///
///   route 1
///   containers A B C D         for requests
///   tcp PORT A B C D           with a port only
///   domain DOMAIN              as often as needed
///   end
///
/// `end` tells a whole file from one that was cut. The table's domains are views into `text`.
[[nodiscard]] std::optional<RouteTable> parse_route_table(std::string_view text) noexcept;

void write_route_table(root::Text& out, const RouteTable& table) noexcept;

}  // namespace hythe::route_helper
