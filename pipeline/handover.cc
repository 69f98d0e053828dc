// SPDX-License-Identifier: Apache-2.0
#include "pipeline/handover.h"

#include <set>

#include "core/paths.h"
#include "model/container/lanes.h"
#include "pipeline/pending.h"

namespace hythe {
namespace {

using Requests = std::vector<std::vector<std::string>>;

/// Ends the containers of these types in every lane but one.
void halt(const AppName& app, const std::set<std::string>& types, Lane but,
          const AppLock& lock) {
  Requests requests;
  for (const Lane lane : kLiveLanes)
    if (lane != but && has_containers(app, lane))
      for (const std::string& type : types)
        requests.push_back({"halt", std::string(app.view()), word(lane), type});
  call_helpers_locked(lock, paths::kLaunchHelper, requests);
}

std::set<std::string> types_of(const std::vector<Place>& places) {
  std::set<std::string> types;
  for (const Place& place : places) types.insert(place.type);
  return types;
}

}  // namespace

void Handover::perform(Launched& launched, const Release& release, const App& app) {
  const auto types = types_of(launched.stop_first);
  std::string text;
  for (const std::string& type : types) text += (text.empty() ? "" : ", ") + type;
  progress_.console.step(concat("Stopping what runs of ", text));
  has_begun_ = true;
  halt(app_, types, launched.lane.lane(), lock_);
  progress_.cancellation.throw_if_cancelled();
  launch_stop_first(launched, release, app, config_, progress_);
}

Handover::~Handover() {
  if (!has_begun_ || is_kept_) return;
  try {
    if (Pending::load(app_)) return;  // whoever settles it decides what is to run
    progress_.console.line("hint: what was stopped for it is started again");
    bring_back(app_, lock_, config_);
  } catch (const std::exception&) {
    // The next to take the lock tries again.
  }
}

void bring_back(const AppName& name, const AppLock& lock, Config config) {
  const auto live = live_lane(name);
  if (!live || !App::exists(name)) return;
  const App app = App::load(name);
  if (app.release == 0) return;
  const Release release = Release::load(name, app.release);
  std::vector<Place> missing = formation(app, release);
  std::erase_if(missing, [&](const Place& place) {
    return place.receives_traffic || has_container(name, *live, place.position);
  });
  if (missing.empty()) return;
  halt(name, types_of(missing), *live, lock);
  config.limits = config.limits.with(app.limits);
  for (const Place& place : missing) start_alone(place, *live, release, app, config);
}

}  // namespace hythe
