// SPDX-License-Identifier: Apache-2.0
#include <poll.h>

#include "core/paths.h"
#include "helpers/caller_input.h"
#include "helpers/die.h"
#include "helpers/interruptions.h"
#include "helpers/lane_marker.h"
#include "helpers/route/nginx_files.h"
#include "helpers/route/observation.h"
#include "helpers/route/port_rules.h"
#include "helpers/route/verbs.h"
#include "helpers/slot_of.h"

namespace hythe::route_helper {
namespace {

using root::Deadline;
using root::die;

constexpr int kObservationMs = 2000;
constexpr int kPauseMs = 2;

/// Asks nginx until it sees `lane`; otherwise returns the last thing that it did answer.
Observation await_lane(const AppName& app, Lane lane) noexcept {
  const Deadline deadline = Deadline::in_ms(kObservationMs);
  Observation last;
  for (;;) {
    const Observation seen = observe(app, deadline);
    if (seen.answer != Observation::Answer::no_answer) last = seen;
    if (seen.sees(lane) || deadline.has_passed()) return last;
    ::poll(nullptr, 0, kPauseMs);
  }
}

[[noreturn]] void die_unseen(const AppName& app, const Observation& seen) noexcept {
  const char still[] = {letter(seen.lane), '\0'};
  switch (seen.answer) {
    case Observation::Answer::serves:
      die(EX_UNAVAILABLE, "nginx still sees lane ", still, " of '", app.view(),
          "': may its workers look into ", paths::kLanes, "?");
    case Observation::Answer::other:
      die(EX_UNAVAILABLE, "nginx has not loaded the configuration of '", app.view(), "'");
    case Observation::Answer::no_socket:
      die(EX_UNAVAILABLE, "nginx is not running");
    case Observation::Answer::no_answer:
      break;
  }
  die(EX_UNAVAILABLE, "nginx does not answer");
}

void put_back(const root::LaneMarkers& markers, std::optional<Lane> before) noexcept {
  if (before)
    markers.make_live(*before);
  else
    markers.clear();
}

}  // namespace

void switch_lane(const AppName& app, Lane lane) noexcept {
  if (!root::slot_of(app)) die(EX_NOINPUT, "there is no app '", app.view(), "'");
  root::ignore_interruptions();
  const root::Lock lock = lock_lanes();
  // Now that it is our turn, which may have taken a while.
  // Nobody keeps the leases of the lane's containers then.
  if (root::is_caller_gone()) die(EX_TEMPFAIL, "whoever asked is gone");
  const RouteTables tables = RouteTables::open();
  const auto markers = root::LaneMarkers::make(app);
  const auto before = markers.live();
  // The marker goes first and comes back last: whatever kills us, connections are never
  // further than it says, and who settles a deployment looks at it.
  markers.make_live(lane);
  Failure failure;
  if (!lead_port(tables, app, lane, 0, failure)) {
    put_back(markers, before);
    die(failure.sysexit, failure.sentence.view());
  }
  if (!NginxFiles::open().has(app)) return;  // no public server: there is nobody to ask

  const Observation seen = await_lane(app, lane);
  if (seen.sees(lane)) return;
  if (!lead_port(tables, app, before, 0, failure))
    root::audit("the port of ", app.view(), " did not go back: ", failure.sentence.view());
  put_back(markers, before);
  die_unseen(app, seen);
}

}  // namespace hythe::route_helper
