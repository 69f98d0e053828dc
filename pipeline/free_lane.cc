// SPDX-License-Identifier: Apache-2.0
#include "pipeline/free_lane.h"

#include <algorithm>
#include <vector>

#include "core/paths.h"
#include "lib/deployment.h"
#include "lib/helper.h"
#include "lib/lanes.h"
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

/// The one in which nothing was started for the longest time. Since lanes become free out of
/// their order, the deployments have to be asked.
Lane oldest_of(std::vector<Lane> lanes, const AppName& app) {
  const auto numbers = Deployment::numbers(app);
  for (auto number = numbers.rbegin(); number != numbers.rend() && lanes.size() > 1; ++number) {
    const auto record = Deployment::load(app, *number);
    if (record && record->lane) std::erase(lanes, *record->lane);
  }
  return lanes.front();
}

}  // namespace

void clear_lane(const AppName& app, Lane lane) {
  if (!has_containers(app, lane)) return;
  call_helper(paths::kLaunchHelper, {"stop", std::string(app.view()), word(lane)});
}

Lane free_lane(const AppName& app, const Config& config, Progress& progress) {
  const auto lanes = lanes_that_rest(live_lane(app));
  const auto free = std::find_if(lanes.begin(), lanes.end(),
                                 [&app](Lane lane) { return !has_containers(app, lane); });
  if (free != lanes.end()) return *free;
  const Lane oldest = oldest_of(lanes, app);
  end_drain(app, oldest, config, progress);
  clear_lane(app, oldest);
  return oldest;
}

}  // namespace hythe
