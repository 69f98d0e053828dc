// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/attend.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <memory>
#include <string>

#include "helpers/container/caller.h"
#include "helpers/container/complain.h"
#include "helpers/container/relay.h"
#include "helpers/container/stop_signals.h"
#include "helpers/deadline.h"

namespace hythe::container {
namespace {

constexpr int kLookAtDiskMs = 100;
constexpr int kLongest = INT_MAX / 2;

int milliseconds(std::uint32_t seconds) {
  return seconds == 0 || seconds > kLongest / 1000 ? kLongest
                                                   : static_cast<int>(seconds) * 1000;
}

std::unique_ptr<Relay> relay_for(Says says, int from) {
  if (says == Says::answers)
    return std::make_unique<AnswerRelay>(from, STDOUT_FILENO, Relay::kToCaller);
  return std::make_unique<Relay>(from, STDOUT_FILENO, Relay::kToCaller);
}

}  // namespace

Attended attend(Running& running, const ContainerId& id, Says says, const UniqueFd& signals,
                std::uint32_t seconds, const DiskReserve* reserve) {
  for (const int ours : {running.input.get(), running.output.get(), running.errors.get()})
    ::fcntl(ours, F_SETFL, O_NONBLOCK);
  const auto deadline = root::Deadline::in_ms(milliseconds(seconds));
  Relay in(STDIN_FILENO, running.input.get(), Relay::kToOurs);
  const auto out = relay_for(says, running.output.get());
  Relay err(running.errors.get(), STDERR_FILENO, Relay::kToCaller);

  Attended attended{};
  bool is_running = true;
  bool is_killed = false;
  while (is_running || !out->is_over() || !err.is_over()) {
    // The caller's stdin is of no interest to a container that is gone.
    struct pollfd events[] = {
        in.source(),
        in.target(),
        out->source(),
        out->target(),
        err.source(),
        err.target(),
        {.fd = is_running ? running.pidfd.get() : -1, .events = POLLIN, .revents = 0},
        {.fd = signals.get(), .events = POLLIN, .revents = 0}};
    if (!is_running || !running.input) events[0].fd = events[1].fd = -1;
    // Once it is killed or gone, time plays no role any more.
    const bool may_time_out = seconds > 0 && is_running && !is_killed;
    int patience = may_time_out ? deadline.remaining_ms() : -1;
    // A disk tells nobody that it fills.
    if (reserve != nullptr && is_running && !is_killed)
      patience = may_time_out ? std::min(patience, kLookAtDiskMs) : kLookAtDiskMs;
    if (::poll(events, std::size(events), patience) < 0) continue;
    in.move(events[0].revents, events[1].revents);
    out->move(events[2].revents, events[3].revents);
    err.move(events[4].revents, events[5].revents);
    // The container sees the end when all before it was written; and what it does not want
    // is left to the caller.
    if (in.is_over() || in.is_unread()) running.input.reset();

    reap_orphans(running);
    if (reserve != nullptr && is_running && !is_killed)
      attended.filled_disk = reserve->is_touched();
    attended.timed_out = attended.timed_out || (may_time_out && deadline.has_passed());
    // Looked at in every round: what is left in it would wake the next one at once.
    const bool is_told_to_stop = next_stop_signal(signals) != 0;
    if (is_running && !is_killed &&
        (attended.timed_out || attended.filled_disk || is_lease_lost() || is_told_to_stop)) {
      running.kill(id);
      is_killed = true;
      if (attended.filled_disk) complain("stopped, since the disk of the host is nearly full");
      if (attended.timed_out) complain("stopped after ", std::to_string(seconds), " seconds");
    }
    if (is_running && events[6].revents != 0) {
      attended.end = reap(running, id);
      is_running = false;
    }
    if (!is_running && (is_told_to_stop || is_lease_lost())) break;
  }
  return attended;
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
