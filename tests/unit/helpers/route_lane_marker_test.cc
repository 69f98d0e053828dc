// SPDX-License-Identifier: Apache-2.0
#include "helpers/lane_marker.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

namespace hythe::root {
namespace {

using Markers = std::set<Lane>;
constexpr unsigned kSets = 1U << kLiveLanes.size();

Markers markers_of(unsigned bits) {
  Markers markers;
  for (const Lane lane : kLiveLanes)
    if ((bits >> static_cast<unsigned>(lane) & 1U) != 0) markers.insert(lane);
  return markers;
}

std::optional<Lane> live(const Markers& markers) {
  return live_by_markers([&markers](Lane lane) { return markers.contains(lane); });
}

/// Before the switch, and after each of its steps.
std::vector<Markers> states_of_switch(Markers markers, Lane to) {
  std::vector<Markers> states{markers};
  switch_markers(
      to,
      [&](Lane lane) {
        markers.insert(lane);
        states.push_back(markers);
      },
      [&](Lane lane) {
        markers.erase(lane);
        states.push_back(markers);
      });
  return states;
}

/// All that can be answered to somebody who looks at one marker after the other while the
/// steps are taken: any number of them between any two looks.
std::set<std::optional<Lane>> answers_meanwhile(const std::vector<Markers>& states) {
  std::set<std::optional<Lane>> answers;
  unsigned schedules = 1;
  for (std::size_t look = 0; look < kLiveLanes.size(); ++look)
    schedules *= static_cast<unsigned>(states.size());
  for (unsigned schedule = 0; schedule < schedules; ++schedule) {
    std::size_t now = 0;
    unsigned rest = schedule;
    answers.insert(live_by_markers([&](Lane lane) {
      now = std::min(now + rest % states.size(), states.size() - 1);
      rest /= static_cast<unsigned>(states.size());
      return states[now].contains(lane);
    }));
  }
  return answers;
}

TEST(LaneMarker, SwitchesNeverShowAThirdLaneNorAGap) {
  for (unsigned bits = 0; bits < kSets; ++bits)
    for (const Lane to : kLiveLanes) {
      const auto states = states_of_switch(markers_of(bits), to);
      for (const Markers& markers : states)
        EXPECT_TRUE(live(markers) == live(states.front()) || live(markers) == to)
            << bits << letter(to);
      EXPECT_EQ(live(states.back()), to) << bits;
    }
}

TEST(LaneMarker, SwitchesShowNoThirdLaneToWhoeverLooksAtOneMarkerAfterTheOther) {
  for (unsigned bits = 0; bits < kSets; ++bits)
    for (const Lane to : kLiveLanes) {
      const auto states = states_of_switch(markers_of(bits), to);
      for (const auto& answer : answers_meanwhile(states))
        EXPECT_TRUE(answer == live(states.front()) || answer == to)
            << bits << letter(to) << ": " << (answer ? letter(*answer) : '-');
    }
}

TEST(LaneMarker, SwitchesInARowShowOnlyLanesThatWereLiveMeanwhile) {
  for (unsigned bits = 0; bits < kSets; ++bits)
    for (const Lane first : kLiveLanes)
      for (const Lane second : kLiveLanes) {
        auto states = states_of_switch(markers_of(bits), first);
        const auto more = states_of_switch(states.back(), second);
        states.insert(states.end(), more.begin() + 1, more.end());
        for (const auto& answer : answers_meanwhile(states))
          EXPECT_TRUE(answer == live(states.front()) || answer == first || answer == second)
              << bits << letter(first) << letter(second) << ": "
              << (answer ? letter(*answer) : '-');
      }
}

}  // namespace
}  // namespace hythe::root
