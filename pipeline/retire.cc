// SPDX-License-Identifier: Apache-2.0
#include "pipeline/retire.h"

#include <algorithm>

#include "core/paths.h"
#include "lib/units.h"
#include "model/app.h"
#include "model/container/container_state.h"
#include "model/container/lanes.h"
#include "model/helper.h"

namespace hythe {
namespace {

Milliseconds drain_of(const AppName& app, const Config& config) {
  return config.settings.with(App::load(app).settings).drain;
}

/// The release that still runs in the lane and was not told to stop; 0: none.
Number draining_release(const AppName& app, Lane lane) {
  for (const ContainerState& container : ContainerState::of(app))
    if (container.lane == word(lane) && container.status == "running") return container.release;
  return 0;
}

}  // namespace

void retire(const AppName& app, Lane lane, const Config& config, Milliseconds longest) {
  const Milliseconds drain = std::min(drain_of(app, config), longest);
  call_helper(paths::kLaunchHelper,
              {"retire", std::string(app.view()), word(lane), std::to_string(drain.count())});
}

void retire_all_but_live(const AppName& app, const Config& config) {
  const auto live = live_lane(app);
  for (const Lane lane : kLiveLanes)
    if (live != lane && has_containers(app, lane)) insist([&] { retire(app, lane, config); });
}

void end_drain(const AppName& app, Lane lane, const Config& config, Progress& progress) {
  constexpr Milliseconds kLook{25};  // nobody tells us of the end of what others started
  const Number release = draining_release(app, lane);
  if (release == 0) return;
  progress.console.detail(concat("ended the drain of release ", release,
                                 " early: this deployment needs its place (", "drain is ",
                                 format_duration(drain_of(app, config)), ")"));
  retire(app, lane, config, Milliseconds(0));
  const Deadline deadline(std::chrono::seconds(10));
  while (has_containers(app, lane) && !deadline.has_passed())
    (void)progress.cancellation.wait({}, Deadline(kLook));
}

}  // namespace hythe
