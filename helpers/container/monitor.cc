// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/monitor.h"

#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <climits>

#include "helpers/container/attend.h"
#include "helpers/container/caller.h"
#include "helpers/container/clock.h"
#include "helpers/container/stop_signals.h"
#include "helpers/lane_marker.h"

namespace hythe::container {
namespace {

constexpr std::int64_t kGraceMs = 30'000;
constexpr std::int64_t kNow = 0;

}  // namespace

Monitor::Monitor(Place place, Running running, UniqueFd signals, State state, PortShare port,
                 std::uint32_t restarts)
    : place_(std::move(place)),
      running_(std::move(running)),
      signals_(std::move(signals)),
      log_(place_.id(), state.name, place_.claim().group()),
      state_(std::move(state)),
      backoff_(restarts),
      port_(port),
      running_since_ms_(monotonic_ms()) {
  ::fcntl(running_->output.get(), F_SETFL, O_NONBLOCK);
  running_->input.reset();  // its stdin is at its end
  state_.started_ms = unix_ms();
  save(Status::running);
  ::malloc_trim(0);  // what starting it needed is not needed again
}

void Monitor::run() {
  while (phase_ != Phase::over) watch();
  if (!port_.has_port()) return;
  place_.cut_off();
  // Whoever came back in between is remembered with an address that nobody has now. Without a
  // way there the kernel remembers nobody any more.
  port_.forget_connections();
}

void Monitor::watch() {
  struct pollfd events[] = {
      {.fd = running_ ? running_->pidfd.get() : -1, .events = POLLIN, .revents = 0},
      {.fd = running_ && log_pace_.paused_until_ms() == 0 ? running_->output.get() : -1,
       .events = POLLIN,
       .revents = 0},
      {.fd = signals_.get(), .events = POLLIN, .revents = 0},
      {.fd = phase_ == Phase::leased ? STDOUT_FILENO : -1, .events = 0, .revents = 0}};
  if (::poll(events, std::size(events), wait_ms()) < 0) return;

  if (events[1].revents != 0) read_log();
  if (events[2].revents != 0) signalled(next_stop_signal(signals_));
  if (running_) reap_orphans(*running_);
  if (events[3].revents != 0 && phase_ == Phase::leased) lease_lost();
  if (running_ && events[0].revents != 0) container_ended();

  const std::int64_t now = monotonic_ms();
  if (phase_ == Phase::stopping && running_ && now >= kill_at_ms_) {
    running_->kill(place_.id());
    kill_at_ms_ = INT64_MAX;
  }
  if (phase_ == Phase::alone && !running_ && now >= restart_at_ms_) start_again();
  if (running_) port_.look();
}

int Monitor::wait_ms() const {
  std::int64_t at = INT64_MAX;
  if (phase_ == Phase::stopping) at = std::min(at, kill_at_ms_);
  if (phase_ == Phase::alone && !running_) at = std::min(at, restart_at_ms_);
  if (const auto until = log_pace_.paused_until_ms()) at = std::min(at, until);
  if (running_) at = std::min(at, port_.look_at_ms());
  if (at == INT64_MAX) return -1;
  return static_cast<int>(std::clamp<std::int64_t>(at - monotonic_ms(), 0, INT_MAX));
}

void Monitor::read_log() {
  char buffer[16384];
  const ssize_t n = ::read(running_->output.get(), buffer, sizeof buffer);
  if (n > 0) {
    log_.add({buffer, static_cast<std::size_t>(n)});
    log_pace_.add(static_cast<std::size_t>(n));
  } else if (n == 0) {
    running_->output.reset();  // it has closed both; its end is still to come
  }
}

void Monitor::lease_lost() {
  if (root::live_lane(place_.id().app) == place_.id().lane) {
    phase_ = Phase::alone;
    leave_caller();
    // It ended while its deployment went on, and traffic came to it all the same.
    if (!running_) schedule_restart(0, "ended before its deployment did");
    return;
  }
  log_.note("its deployment was given up");
  stop(kNow);
}

void Monitor::signalled(int number) {
  // SIGTERM retires, and what is live does not retire: the switch may have come between.
  const bool is_live =
      phase_ == Phase::alone && root::live_lane(place_.id().app) == place_.id().lane;
  if (number == SIGTERM && phase_ != Phase::stopping && !is_live) stop(kGraceMs);
  if (number == SIGUSR1 && phase_ != Phase::stopping) stop(kGraceMs);
  if (number == SIGINT) stop(kNow);
}

void Monitor::stop(std::int64_t grace_ms) {
  phase_ = running_ ? Phase::stopping : Phase::over;
  kill_at_ms_ = monotonic_ms() + grace_ms;
  if (!running_) return;
  save(Status::stopping);
  // What has not begun has nothing to finish.
  if (grace_ms > 0 && !running_->terminate()) kill_at_ms_ = monotonic_ms();
}

void Monitor::container_ended() {
  const End end = reap(*running_, place_.id());
  port_.forget_connections();
  // Nobody is left who could write: what is in the pipe is all there is.
  char buffer[16384];
  for (ssize_t n = 0; (n = ::read(running_->output.get(), buffer, sizeof buffer)) > 0;)
    log_.add({buffer, static_cast<std::size_t>(n)});
  running_.reset();
  place_.clear();
  state_.last = end;
  state_.pid = 0;
  switch (phase_) {
    case Phase::leased:
      log_.note(end.describe());
      save(Status::exited);
      answer_end({.end = end});
      return;  // what becomes of it is for the deployment to decide, by its lease
    case Phase::alone:
      return schedule_restart(monotonic_ms() - running_since_ms_, end.describe());
    case Phase::stopping:
      log_.note("stopped");
      phase_ = Phase::over;
      return;
    case Phase::over:
      return;
  }
}

void Monitor::schedule_restart(std::int64_t ran_ms, const std::string& what) {
  const auto delay = backoff_.next_ms(ran_ms);
  if (!delay) {
    // It keeps its place, and tells why, until it is told to stop.
    log_.note(what + ", and is left alone: it has had all of its restarts");
    restart_at_ms_ = INT64_MAX;
    return save(Status::crashed);
  }
  log_.note(what + ", starting again in " + std::to_string(*delay / 1000) + " s");
  restart_at_ms_ = monotonic_ms() + *delay;
  save(Status::restarting);
  port_.give_up();
}

void Monitor::start_again() {
  ++state_.restarts;
  running_ = place_.run(Streams::together);
  if (!running_) return schedule_restart(0, "cannot be started");
  ::fcntl(running_->output.get(), F_SETFL, O_NONBLOCK);
  running_->input.reset();
  running_since_ms_ = monotonic_ms();
  state_.started_ms = unix_ms();
  save(Status::running);
  port_.await(running_->pid);
  ::malloc_trim(0);
}

void Monitor::save(Status status) {
  state_.status = status;
  state_.pid = running_ ? running_->pid : 0;
  state_.save(place_.claim());
}

}  // namespace hythe::container
