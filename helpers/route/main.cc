// SPDX-License-Identifier: Apache-2.0
#include "core/helper_contract.h"
#include "core/paths.h"
#include "helpers/die.h"
#include "helpers/harden.h"
#include "helpers/route/verbs.h"
#include "helpers/state.h"

namespace {

/// What changes whose a name or a port is, or how many serve under it.
bool is_told_to_the_log(hythe::RouteVerb verb) noexcept {
  using enum hythe::RouteVerb;
  switch (verb) {
    case set:
    case domains:
    case claim:
    case off:
    case allot:
    case free:
      return true;
    case switch_to:
    case port:
    case balance:
    case sync:
    case check:
      return false;
  }
  return true;
}

}  // namespace

/// hythe-route, setuid root: where an app's requests and
/// connections go. What it may be asked is in
/// core/helper_contract.h; it takes no option, path or address, and reads no environment.
int main(int argc, char** argv) {
  using namespace hythe;
  const uid_t caller = root::harden({"hythe-route", paths::kRouteHelper}, argc, argv);

  root::require_current_state();
  const auto request = parse_route({argv + 1, static_cast<std::size_t>(argc) - 1});
  if (!request)
    root::die(EX_USAGE,
              "usage: set APP LANE WEB TCP | switch APP LANE | domains APP DOMAIN... | "
              "claim APP DOMAIN... | off APP | port APP | allot APP FIRST LAST | free APP | "
              "balance [APP] | sync | check [APP]");

  if (is_told_to_the_log(request->verb)) root::audit(argv[1], " ", request->app->view());

  switch (request->verb) {
    case RouteVerb::set:
      route_helper::set(*request, caller);
      break;
    case RouteVerb::switch_to:
      route_helper::switch_lane(*request->app, request->lane);
      break;
    case RouteVerb::domains:
      route_helper::set_domains(*request, caller);
      break;
    case RouteVerb::claim:
      route_helper::claim(*request, caller);
      break;
    case RouteVerb::off:
      route_helper::off(*request->app);
      break;
    case RouteVerb::port:
      route_helper::port(*request->app);
      break;
    case RouteVerb::allot:
      route_helper::allot(*request);
      break;
    case RouteVerb::free:
      route_helper::free_port(*request->app);
      break;
    case RouteVerb::balance:
      route_helper::balance(request->app);
      break;
    case RouteVerb::check:
      route_helper::check(request->app);
      break;
    case RouteVerb::sync:
      route_helper::sync();
      break;
  }
  return EX_OK;
}
