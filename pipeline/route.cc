// SPDX-License-Identifier: Apache-2.0
#include "pipeline/route.h"

#include "core/paths.h"
#include "lib/errors.h"
#include "lib/helper.h"
#include "lib/lanes.h"

namespace hythe {

std::string domain_of(const AppName& app, const Config& config) {
  return concat(app.view(), '.', config.base_domain);
}

void prepare_route(const Launched& launched, const AppName& app, const Config& config) {
  call_helper(paths::kRouteHelper,
              {"set", std::string(app.view()), std::string(1, letter(launched.lane.lane())),
               std::to_string(launched.traffic_count())},
              domain_of(app, config) + "\n");
}

void switch_to(const AppName& app, Lane lane) {
  call_helper(paths::kRouteHelper,
              {"switch", std::string(app.view()), std::string(1, letter(lane))});
}

void close_route(const AppName& app) {
  call_helper(paths::kRouteHelper, {"off", std::string(app.view())});
}

MovedTraffic::MovedTraffic(const Pending& pending) : pending_(pending) {
  pending.save();
  try {
    switch_to(pending.wanted.name, pending.lane);
  } catch (...) {
    Pending::remove(pending.wanted.name);
    throw;
  }
}

MovedTraffic::~MovedTraffic() {
  if (is_kept_) return;
  try {
    move_back(pending_);
    Pending::remove(pending_.wanted.name);
  } catch (const std::exception&) {
    // The record stays: settle() does it when the lock is taken next.
  }
}

void MovedTraffic::keep() {
  pending_.commit_to_disk();
  is_kept_ = true;
}

void move_back(const Pending& pending) {
  const AppName& app = pending.wanted.name;
  if (live_lane(app) != pending.lane) return;
  if (pending.previous)
    switch_to(app, *pending.previous);
  else
    close_route(app);
}

}  // namespace hythe
