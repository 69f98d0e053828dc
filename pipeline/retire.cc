// SPDX-License-Identifier: Apache-2.0
#include "pipeline/retire.h"

#include "core/paths.h"
#include "lib/helper.h"
#include "lib/lanes.h"

namespace hythe {

void retire(const AppName& app, Lane lane, const Config& config) {
  call_helper(paths::kLaunchHelper, {"retire", std::string(app.view()), word(lane),
                                     std::to_string(config.drain.count())});
}

void retire_all_but_live(const AppName& app, const Config& config) {
  const auto live = live_lane(app);
  for (const Lane lane : {Lane::a, Lane::b, Lane::c})
    if (live != lane && has_containers(app, lane)) insist([&] { retire(app, lane, config); });
}

}  // namespace hythe
