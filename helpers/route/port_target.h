// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

#include "core/app_name.h"
#include "core/slot.h"
#include "helpers/route/route_table.h"

namespace hythe::route_helper {

/// Where new connections to an app's port go: to containers of one lane, in turn.
struct PortTarget {
  Lane lane = Lane::a;
  std::array<Address, Position::kCount> addresses{};
  unsigned count = 0;

  void add(Slot slot, unsigned position) noexcept {
    addresses[count++] = address_of(slot, lane, {position});
  }
};

/// The `tcp` containers of a lane, without those that are down; but all of them when none is
/// left: then a client is refused, and does not hang. A container is down when it ended, and
/// from then on until it listens again. Empty when the lane has none.
[[nodiscard]] PortTarget target_in(Lane lane, const AppName& app, Slot slot,
                                   const RouteTable& table) noexcept;

/// What the state file of a container (helpers/container/state_file.h) says of `key`.
[[nodiscard]] std::string_view value_in_state(std::string_view state,
                                              std::string_view key) noexcept;

}  // namespace hythe::route_helper
