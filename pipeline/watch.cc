// SPDX-License-Identifier: Apache-2.0
#include "pipeline/watch.h"

#include "core/paths.h"
#include "lib/units.h"
#include "model/container/response_log.h"
#include "pipeline/retire.h"

namespace hythe {
namespace {

constexpr Milliseconds kLook{250};  // at a log to which nginx writes every second

void require_still_running(Launched& launched, const AppName& app, Progress& progress) {
  try {
    require_running(launched, app, progress);
  } catch (const DeploymentFailure& crash) {
    throw DeploymentFailure(crash.status(),
                            concat(crash.what(), ", while it was watched: traffic went back"));
  }
}

Responses responses_before(const Pending& pending, Milliseconds since) {
  if (!pending.previous) return {};
  return responses_since(paths::kResponseLog, pending.wanted.name, *pending.previous, since);
}

[[noreturn]] void fail(const Responses& now, const Responses& before, unsigned percent) {
  throw DeploymentFailure(
      Status::crashed_error,
      concat(now.describe(), now.exceed(percent) ? concat(", more than ", percent, '%') : "",
             ", and ", before.failed, " of ", before.all,
             " in as long before: traffic went back", "\nwhat is watched: hythe settings APP"));
}

}  // namespace

void watch(Launched& launched, Pending& pending, const Settings& settings, Progress& progress) {
  if (!pending.is_watched) return;
  progress.enter(Status::starting, "watch");
  LockHolder me = progress.as_holder();
  me.doing = concat("watching release ", pending.wanted.release);
  progress.lock().describe(me);
  const AppName& app = pending.wanted.name;
  const Deadline end(settings.watch);
  ResponseCounter counter(paths::kResponseLog, app, pending.lane);
  const Milliseconds as_long_before = unix_time() - settings.watch;
  std::optional<Responses> before;  // asked for when it counts: nginx has written it by then
  progress.console.step(concat("Watching for ", format_duration(settings.watch)));
  while (!end.has_passed()) {
    auto fds = ends_of(launched);
    (void)progress.cancellation.wait(fds,
                                     Deadline(std::min(kLook, Milliseconds(end.left_ms()))));
    require_still_running(launched, app, progress);
    const Responses& now = counter.read();
    if (!now.are_too_bad_after({}, settings.watch_errors)) continue;
    if (!before) before = responses_before(pending, as_long_before);
    if (now.are_too_bad_after(*before, settings.watch_errors))
      fail(now, *before, settings.watch_errors);
  }
  progress.console.detail(concat("nothing ended, ", counter.read().describe()));
  pending.is_watched = false;
  pending.save();
}

void take_back(const Pending& pending, Launched& launched, const Config& config,
               const AppLock& lock) {
  constexpr Milliseconds kLongestDrain{10'000};
  constexpr Milliseconds kLongest{15'000};
  pending.revert(lock);
  insist([&] { retire(pending.wanted.name, pending.lane, config, kLongestDrain); });
  // The lease keeps them until they have ended; what has not by then is killed with it.
  const Cancellation never;
  const Deadline deadline(kLongest);
  for (Starting& container : launched.containers) {
    pollfd end{.fd = container.helper.answers(), .events = POLLIN, .revents = 0};
    while (never.wait({&end, 1}, deadline) && container.read_answers()) {
    }
  }
}

}  // namespace hythe
