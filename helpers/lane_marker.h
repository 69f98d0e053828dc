// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "core/app_name.h"
#include "core/slot.h"
#include "helpers/directory.h"

namespace hythe::root {

/// One file operation of a switch.
struct MarkerStep {
  enum class Action : std::uint8_t { create, remove };
  Action action;
  const char* marker;
};

/// What makes a lane live, from whatever markers there are: after each single step a reader
/// finds the lane that was live or `lane`, never a third one and never none. A crash between
/// two steps leaves one of the two.
[[nodiscard]] std::span<const MarkerStep> steps_to(Lane lane) noexcept;

/// The marker files of one app, /run/hythe/lanes/APP/{a,b,c}, which say where its traffic
/// goes. nginx looks for b and c at every request: c wins over b, and without both it is a.
/// The file a tells "lane a is live" from "nothing is live yet". Only hythe-route changes
/// them; lib/lanes.h reads the same rule without privilege.
class LaneMarkers {
 public:
  /// Nothing when the app never had a live lane.
  [[nodiscard]] static std::optional<LaneMarkers> find(const AppName& app) noexcept;
  [[nodiscard]] static LaneMarkers make(const AppName& app) noexcept;
  /// In any directory of root's, for tests.
  explicit LaneMarkers(Directory directory) noexcept : directory_(std::move(directory)) {}

  [[nodiscard]] std::optional<Lane> live() const noexcept;

  /// By the steps above.
  void make_live(Lane lane) const noexcept;
  /// No lane is live. The one that wins goes last: no reader falls back to an older lane.
  void clear() const noexcept;

 private:
  Directory directory_;
};

/// The lane that receives an app's traffic; nothing before its first deployment was routed.
[[nodiscard]] std::optional<Lane> live_lane(const AppName& app) noexcept;

/// Forgets the markers and their directory.
void remove_lane_markers(const AppName& app) noexcept;

}  // namespace hythe::root
