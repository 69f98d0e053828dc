// SPDX-License-Identifier: Apache-2.0
#include "pipeline/free_lane.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/paths.h"
#include "model/container/lanes.h"
#include "model/deployment.h"
#include "model/helper.h"
#include "pipeline/retire.h"

namespace hythe {
namespace {

/// Those that do not serve, in the order in which they are taken.
std::vector<Lane> lanes_that_rest(std::optional<Lane> live) {
  std::vector<Lane> lanes;
  Lane lane = live.value_or(kLiveLanes.back());
  for (std::size_t i = 0; i < kLiveLanes.size(); ++i)
    if ((lane = next(lane)) != live) lanes.push_back(lane);
  return lanes;
}

}  // namespace

Number last_started_in(const AppName& app, Lane lane) {
  const auto numbers = Deployment::numbers(app);
  for (auto number = numbers.rbegin(); number != numbers.rend(); ++number) {
    const auto record = Deployment::load(app, *number);
    if (record && record->lane == lane) return *number;
  }
  return 0;
}

void clear_lane(const AppName& app, Lane lane) {
  if (!has_containers(app, lane)) return;
  call_helper(paths::kLaunchHelper, {"stop", std::string(app.view()), word(lane)});
}

Lane free_lane(const AppName& app, const Config& config, Progress& progress) {
  const auto lanes = lanes_that_rest(live_lane(app));
  const auto free = std::find_if(lanes.begin(), lanes.end(),
                                 [&app](Lane lane) { return !has_containers(app, lane); });
  if (free != lanes.end()) return *free;
  // Lanes become free out of their order: it is the deployments that tell which is the oldest.
  std::vector<std::pair<Number, Lane>> started;
  for (const Lane lane : lanes) started.emplace_back(last_started_in(app, lane), lane);
  const Lane oldest = std::min_element(started.begin(), started.end())->second;
  end_drain(app, oldest, config, progress);
  clear_lane(app, oldest);
  return oldest;
}

}  // namespace hythe
