// SPDX-License-Identifier: Apache-2.0
#include "helpers/lane_marker.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "core/paths.h"
#include "helpers/die.h"

namespace hythe::root {
namespace {

constexpr mode_t kDirectoryMode = 0755;  // nginx's workers and user hythe look

}  // namespace

std::optional<LaneMarkers> LaneMarkers::find(const AppName& app) noexcept {
  std::optional<Directory> directory = Directory::open(paths::kLanes).find(app.c_str());
  if (!directory) return std::nullopt;
  return LaneMarkers(std::move(*directory));
}

LaneMarkers LaneMarkers::make(const AppName& app) noexcept {
  return LaneMarkers(
      Directory::make(paths::kLanes, kDirectoryMode).make_inside(app.c_str(), kDirectoryMode));
}

std::optional<Lane> LaneMarkers::live() const noexcept {
  return live_by_markers([this](Lane lane) { return directory_.contains(word(lane)); });
}

void LaneMarkers::make_live(Lane lane) const noexcept {
  if (lane == Lane::one_off) die(EX_SOFTWARE, "one-offs receive no traffic");
  switch_markers(
      lane, [this](Lane to) { directory_.touch(word(to)); },
      [this](Lane other) { directory_.remove(word(other)); });
}

void LaneMarkers::clear() const noexcept {
  for (const Lane lane : kLiveLanes) directory_.remove(word(lane));
}

std::optional<Lane> live_lane(const AppName& app) noexcept {
  const auto markers = LaneMarkers::find(app);
  return markers ? markers->live() : std::nullopt;
}

void remove_lane_markers(const AppName& app) noexcept {
  const auto markers = LaneMarkers::find(app);
  if (!markers) return;
  markers->clear();
  const Directory lanes = Directory::open(paths::kLanes);
  // ENOENT: another call was faster.
  if (::unlinkat(lanes.fd(), app.c_str(), AT_REMOVEDIR) != 0 && errno != ENOENT)
    die_errno("remove the lane directory of '", app.view(), "'");
}

}  // namespace hythe::root
