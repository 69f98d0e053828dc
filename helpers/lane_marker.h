// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/app_name.h"
#include "core/slot.h"
#include "helpers/directory.h"

namespace hythe::root {

/// Makes a lane live, from whatever markers there are, by create(lane) once and then
/// remove(lane). The highest marker decides, so those below stay: they are what a reader falls
/// back to. Readers look at one marker after the other, from the highest down; whenever one
/// begins, it finds the lane that was live or `to`, never a third one and never none. A crash
/// between two steps leaves one of the two.
template <class Create, class Remove>
constexpr void switch_markers(Lane to, Create create, Remove remove) {
  create(to);
  for (const Lane lane : kLiveLanes)
    if (lane > to) remove(lane);
}

/// The marker files of one app, /run/hythe/lanes/APP/{a,b,c,d}, which say where its traffic
/// goes. nginx looks for d, c and b at every request: the highest wins, and without them it is
/// a. The file a tells "lane a is live" from "nothing is live yet". Only hythe-route changes
/// them; model/container/lanes.h reads the same rule without privilege.
class LaneMarkers {
 public:
  /// Nothing when the app never had a live lane.
  [[nodiscard]] static std::optional<LaneMarkers> find(const AppName& app) noexcept;
  [[nodiscard]] static LaneMarkers make(const AppName& app) noexcept;
  /// In any directory of root's, for tests.
  explicit LaneMarkers(Directory directory) noexcept : directory_(std::move(directory)) {}

  [[nodiscard]] std::optional<Lane> live() const noexcept;

  /// By the steps above. Not for the lane of one-offs, which receive no traffic.
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
