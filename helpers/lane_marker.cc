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

using Action = MarkerStep::Action;

// While c exists, b changes nothing; without c, b alone decides.
constexpr MarkerStep kToA[] = {
    {Action::create, "a"}, {Action::remove, "b"}, {Action::remove, "c"}};
constexpr MarkerStep kToB[] = {{Action::create, "b"}, {Action::remove, "c"}};
constexpr MarkerStep kToC[] = {{Action::create, "c"}, {Action::remove, "b"}};

}  // namespace

std::span<const MarkerStep> steps_to(Lane lane) noexcept {
  switch (lane) {
    case Lane::a:
      return kToA;
    case Lane::b:
      return kToB;
    case Lane::c:
      return kToC;
    case Lane::one_off:
      break;
  }
  die(EX_SOFTWARE, "one-offs receive no traffic");
}

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
  for (const Lane lane : {Lane::c, Lane::b, Lane::a}) {
    const char name[] = {letter(lane), '\0'};
    if (directory_.contains(name)) return lane;
  }
  return std::nullopt;
}

void LaneMarkers::make_live(Lane lane) const noexcept {
  for (const MarkerStep& step : steps_to(lane)) {
    if (step.action == MarkerStep::Action::create)
      directory_.touch(step.marker);
    else
      directory_.remove(step.marker);
  }
}

void LaneMarkers::clear() const noexcept {
  for (const char* name : {"a", "b", "c"}) directory_.remove(name);
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
