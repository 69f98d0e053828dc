// SPDX-License-Identifier: Apache-2.0
#include "helpers/die.h"
#include "helpers/route/answer.h"
#include "helpers/route/port_rules.h"
#include "helpers/route/serve.h"
#include "helpers/route/verbs.h"

namespace hythe::route_helper {

void check(const std::optional<AppName>& only) noexcept {
  const Routes routes = Routes::open();
  // A switch that is under way is in order before it or after it.
  const root::Lock lock = lock_lanes();
  const PortListing ports = PortListing::take();
  bool is_right = true;
  const auto complain = [&is_right](std::string_view of, const AppName& app) {
    answer(of, app.view());
    is_right = false;
  };
  routes.tables.for_each_app([&](const AppName& app) {
    if (only && !(app == *only)) return;
    if (!ports.is_right(routes.tables, app)) complain(kPortAnswer, app);
    if (!is_served(routes, app)) complain(kNginxAnswer, app);
  });
  if (!is_right) root::die(EX_UNAVAILABLE, "not all is routed as it should be");
}

}  // namespace hythe::route_helper
