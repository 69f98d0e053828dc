// SPDX-License-Identifier: Apache-2.0
#include "pipeline/route.h"

#include "core/paths.h"
#include "lib/errors.h"
#include "lib/helper.h"
#include "pipeline/domains.h"

namespace hythe {

std::string domain_of(const AppName& app, const Config& config) {
  return concat(app.view(), '.', config.base_domain);
}

void prepare_route(const Launched& launched, const App& app, const Config& config) {
  std::string domains;
  for (const std::string& domain : domains_of(app, config)) domains += domain + '\n';
  call_helper(paths::kRouteHelper,
              {"set", std::string(app.name.view()), word(launched.lane.lane()),
               std::to_string(launched.traffic_count())},
              domains);
}

void switch_to(const AppName& app, Lane lane, const AppLock& lock) {
  call_helper_locked(lock, paths::kRouteHelper,
                     {"switch", std::string(app.view()), word(lane)});
}

void close_route(const AppName& app, const AppLock& lock) {
  call_helper_locked(lock, paths::kRouteHelper, {"off", std::string(app.view())});
}

void move_traffic(const Pending& pending, const AppLock& lock) {
  pending.save();
  try {
    switch_to(pending.wanted.name, pending.lane, lock);
  } catch (...) {
    // hythe-route may have been killed after it had moved traffic: the lanes say.
    pending.revert(lock);
    throw;
  }
}

}  // namespace hythe
