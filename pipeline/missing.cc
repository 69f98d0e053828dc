// SPDX-License-Identifier: Apache-2.0
#include "pipeline/missing.h"

#include <algorithm>

#include "model/container/container_state.h"
#include "model/container/lanes.h"
#include "model/release.h"
#include "pipeline/launch.h"

namespace hythe {

bool needs_restoring(const App& app) {
  return app.release != 0 && (!live_lane(app.name) || !missing_containers(app).empty());
}

std::vector<std::string> missing_containers(const App& app) {
  if (app.release == 0) return {};
  const auto live = live_lane(app.name);
  const auto there = ContainerState::of(app.name);
  std::vector<std::string> missing;
  for (const Place& place : formation(app, Release::load(app.name, app.release))) {
    const auto is_it = [&](const ContainerState& container) {
      return live && container.lane == word(*live) && container.name == place.name &&
             container.release == app.release;
    };
    if (std::none_of(there.begin(), there.end(), is_it)) missing.push_back(place.name);
  }
  return missing;
}

}  // namespace hythe
