// SPDX-License-Identifier: Apache-2.0
#include "helpers/lane_marker.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace hythe::root {
namespace {

using Markers = std::set<std::string>;

/// As nginx looks.
Lane seen_by_nginx(const Markers& markers) {
  if (markers.count("c") != 0) return Lane::c;
  if (markers.count("b") != 0) return Lane::b;
  return Lane::a;
}

/// As those look who must know whether anything is live.
std::optional<Lane> live(const Markers& markers) {
  if (markers.empty()) return std::nullopt;
  return seen_by_nginx(markers);
}

TEST(LaneMarker, SwitchesNeverShowAThirdLaneNorAGap) {
  for (unsigned bits = 0; bits < 8; ++bits)
    for (const Lane to : {Lane::a, Lane::b, Lane::c}) {
      Markers markers;
      for (unsigned i = 0; i < 3; ++i)
        if ((bits >> i & 1U) != 0) markers.insert(std::string(1, "abc"[i]));
      const Lane from = seen_by_nginx(markers);
      const bool was_live = live(markers).has_value();
      for (const MarkerStep& step : steps_to(to)) {
        if (step.action == MarkerStep::Action::create)
          markers.insert(step.marker);
        else
          markers.erase(step.marker);
        const Lane now = seen_by_nginx(markers);
        EXPECT_TRUE(now == from || now == to) << bits << letter(to);
        EXPECT_TRUE(!was_live || live(markers));
      }
      EXPECT_EQ(live(markers), to) << bits;
    }
}

TEST(LaneMarker, TheNextLaneIsOneStepAwayInTheUsualOrder) {
  // What a reader sees changes once, whatever number of files do.
  Markers markers{"a"};
  Lane at = Lane::a;
  for (int i = 0; i < 9; ++i) {
    const Lane to = next(at);
    int changes = 0;
    Lane before = at;
    for (const MarkerStep& step : steps_to(to)) {
      if (step.action == MarkerStep::Action::create)
        markers.insert(step.marker);
      else
        markers.erase(step.marker);
      if (seen_by_nginx(markers) != before) ++changes;
      before = seen_by_nginx(markers);
    }
    EXPECT_EQ(changes, 1);
    at = to;
  }
}

}  // namespace
}  // namespace hythe::root
