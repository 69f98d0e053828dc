// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/attend.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <string>

#include "helpers/container/caller.h"
#include "helpers/container/clock.h"
#include "helpers/container/complain.h"
#include "helpers/container/dismissal.h"
#include "helpers/container/stop_signals.h"

namespace hythe::container {
namespace {

constexpr int kLookAtDiskMs = 100;

/// For poll(2): never negative, and looked at again when it is long.
int until(std::int64_t at_ms) {
  return static_cast<int>(std::clamp<std::int64_t>(at_ms - monotonic_ms(), 0, INT_MAX));
}

/// The shorter of the two, each -1 when it is none.
int shorter(int one, int other) {
  return one < 0 || other < 0 ? std::max(one, other) : std::min(one, other);
}

/// What has come of an attended container in one round.
struct Reasons {
  bool filled_disk;
  bool timed_out;
  bool is_lease_lost;
  int told;  // a stop signal, or 0
};

Dismissal::Step step_for(const Reasons& reasons, bool is_patient) {
  using Step = Dismissal::Step;
  if (reasons.filled_disk || reasons.told == SIGINT) return Step::kill;
  Step step = reasons.is_lease_lost ? Step::hang_up : Step::none;
  if (reasons.timed_out || reasons.told == SIGTERM || reasons.told == SIGUSR1)
    step = Step::terminate;
  return is_patient || step == Step::none ? step : Step::kill;
}

}  // namespace

Attended attend(Running& running, const ContainerId& id, Relay& out, const UniqueFd& signals,
                const Terms& terms) {
  for (const int ours : {running.input.get(), running.output.get(), running.errors.get()})
    ::fcntl(ours, F_SETFL, O_NONBLOCK);
  const std::int64_t deadline = monotonic_ms() + std::int64_t{terms.seconds} * 1000;
  Relay in(STDIN_FILENO, running.input.get(), Relay::kToOurs);
  Relay err(running.errors.get(), STDERR_FILENO, Relay::kToCaller);

  Attended attended{};
  Dismissal dismissal;
  bool is_running = true;
  bool must_go = false;
  while (is_running || !out.is_over() || !err.is_over()) {
    // The caller's stdin is of no interest to a container that is gone.
    struct pollfd events[] = {
        in.source(),
        in.target(),
        out.source(),
        out.target(),
        err.source(),
        err.target(),
        {.fd = is_running ? running.pidfd.get() : -1, .events = POLLIN, .revents = 0},
        {.fd = signals.get(), .events = POLLIN, .revents = 0}};
    if (!is_running || !running.input) events[0].fd = events[1].fd = -1;
    // Once it is told to end, time plays no role any more.
    const bool may_time_out = terms.seconds > 0 && is_running && !dismissal.has_begun();
    const bool may_fill = terms.reserve != nullptr && is_running && !dismissal.has_begun();
    int patience = out.pause_ms();
    if (may_time_out) patience = shorter(patience, until(deadline));
    // A disk tells nobody that it fills.
    if (may_fill) patience = shorter(patience, kLookAtDiskMs);
    if (is_running) patience = shorter(patience, dismissal.patience_ms(monotonic_ms()));
    if (::poll(events, std::size(events), patience) < 0) continue;
    in.move(events[0].revents, events[1].revents);
    out.move(events[2].revents, events[3].revents);
    err.move(events[4].revents, events[5].revents);
    // The container sees the end when all before it was written; and what it does not want
    // is left to the caller.
    if (in.is_over() || in.is_unread()) running.input.reset();

    reap_orphans(running);
    const Reasons reasons{
        .filled_disk = may_fill && terms.reserve->is_touched(),
        .timed_out = may_time_out && until(deadline) == 0,
        .is_lease_lost = is_lease_lost(),
        // Looked at in every round: what is left in it would wake the next one at once.
        .told = next_stop_signal(signals)};
    attended.filled_disk = attended.filled_disk || reasons.filled_disk;
    attended.timed_out = attended.timed_out || reasons.timed_out;
    must_go = must_go || reasons.is_lease_lost || reasons.told == SIGINT;
    if (reasons.filled_disk) complain("stopped, since the disk of the host is nearly full");
    if (reasons.timed_out) complain("stopped after ", seconds_text(terms.seconds));
    const std::int64_t now = monotonic_ms();
    dismissal.ask_for(step_for(reasons, terms.is_patient), now);
    if (is_running) dismiss(dismissal, running, id, now);
    if (is_running && events[6].revents != 0) {
      attended.end = reap(running, id);
      is_running = false;
    }
    // What it has said is nobody's to wait for then.
    if (!is_running && (must_go || reasons.told != 0)) break;
  }
  return attended;
}

std::string seconds_text(std::uint32_t seconds) {
  return std::to_string(seconds) + (seconds == 1 ? " second" : " seconds");
}

void answer_end(const Attended& attended) {
  const End& end = attended.end;
  if (attended.timed_out) answer("timeout", "1");
  if (attended.filled_disk) answer("disk", "1");
  if (end.out_of_memory) answer("oom", std::to_string(end.memory_mib));
  if (!end.victim.empty()) answer("victim", end.victim);
  if (end.out_of_pids) answer("pids", "1");
  if (end.signal != 0)
    answer("signal", std::to_string(end.signal));
  else
    answer("exit", std::to_string(end.code));
}

}  // namespace hythe::container
