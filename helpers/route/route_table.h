// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "core/slot.h"
#include "helpers/route/domain.h"
#include "helpers/text.h"

namespace hythe::route_helper {

/// What root knows about an app's traffic: who may be asked for under which names, and how
/// many containers receive traffic in each lane.
struct RouteTable {
  std::array<unsigned, 3> containers{};  // of lanes a, b and c; at most Position::kCount each
  DomainList domains;

  [[nodiscard]] unsigned& in(Lane lane) noexcept {
    return containers[static_cast<std::size_t>(lane)];
  }
  [[nodiscard]] unsigned in(Lane lane) const noexcept {
    return containers[static_cast<std::size_t>(lane)];
  }
  /// Whether nginx has a server for it.
  [[nodiscard]] bool is_public() const noexcept { return !domains.empty(); }
};

/// The longest file below.
inline constexpr std::size_t kMaxRouteTable = DomainList::kMaxBytes + 2048;

/// /var/lib/hythe/routes/APP, line by line; nothing when a single byte is not as expected:
///
///   route 1
///   containers A B C
///   domain DOMAIN              as often as needed
///   end
///
/// `end` tells a whole file from one that was cut. The table's domains are views into `text`.
[[nodiscard]] std::optional<RouteTable> parse_route_table(std::string_view text) noexcept;

void write_route_table(root::Text& out, const RouteTable& table) noexcept;

}  // namespace hythe::route_helper
