// SPDX-License-Identifier: Apache-2.0
#include "pipeline/jobs.h"

#include <sysexits.h>

#include <algorithm>

#include "core/paths.h"
#include "lib/errors.h"
#include "lib/file/file_lock.h"
#include "lib/printable.h"
#include "model/container/container_state.h"
#include "model/helper.h"
#include "model/state.h"
#include "pipeline/container_size.h"
#include "pipeline/one_off.h"

namespace hythe {
namespace {

using std::chrono::minutes;

/// A host that is busy starts them late; one that was off does not start them.
constexpr minutes kLate{5};

/// The first minute that nobody has looked at.
Minute first_unseen(const JobRuns& runs, Minute now) {
  const auto seen = runs.seen();
  if (!seen) return now;
  if (*seen > now + kLate) return now;  // the clock was wrong
  return std::max(*seen + minutes(1), now - kLate);
}

bool was_due(const Job& job, Minute first, Minute last) {
  const CronSchedule schedule = CronSchedule::parse(job.schedule);
  for (Minute minute = first; minute <= last; minute += minutes(1))
    if (schedule.is_due(minute)) return true;
  return false;
}

/// Without it the run is not known again, which is no reason to call it failed.
Milliseconds start_of(const AppName& app, const std::string& container) noexcept {
  try {
    const auto state = ContainerState::one_off(app, container);
    return state ? state->started : Milliseconds(0);
  } catch (const std::exception&) {
    return Milliseconds(0);
  }
}

JobRun start_job(const App& app, const Release& release, const Job& job, const Config& config) {
  Config own = config;
  own.limits = config.limits.with(app.limits);
  const std::string* type = release.command(job.command);
  OneOffOrder order{.command = type == nullptr ? job.command : *type,
                    .time = own.limits.run_timeout,
                    .is_detached = true};
  if (!job.size.empty() && own.sizes.find(job.size) != nullptr) order.size = job.size;
  OneOff one_off = OneOff::start(app, release, order, own);
  one_off.helper().leave();
  return {.job = job,
          .when = unix_time(),
          .container = one_off.name(),
          .started = start_of(app.name, one_off.name())};
}

/// SIGTERM, and SIGKILL 30 s later: nobody waits for it.
void end(const AppName& app, const std::string& container) {
  try {
    call_helper(paths::kLaunchHelper, {"end", std::string(app.view()), container});
  } catch (const PushError& error) {
    if (error.exit_code() != EX_NOINPUT) throw;  // else it has ended by itself
  }
}

/// nullopt when the one before is to go on by itself.
std::optional<JobRun> start_unless_running(const App& app, const Release& release,
                                           const Job& job, const JobRun* before,
                                           const Config& config) {
  const bool runs = before != nullptr && is_running(app.name, *before);
  if (runs && job.overlap == Job::Overlap::forbid) return std::nullopt;
  try {
    if (runs && job.overlap == Job::Overlap::replace) end(app.name, before->container);
    return start_job(app, release, job, config);
  } catch (const std::exception& error) {
    JobRun failed{.job = job, .when = unix_time(), .problem = error.what()};
    if (before != nullptr) {  // it may still run
      failed.container = before->container;
      failed.started = before->started;
    }
    return failed;
  }
}

/// The state may have been migrated while we waited.
UniqueFd lock_runs(const AppName& app) {
  UniqueFd lock = open_locked(JobRuns::lock_file(app), "the jobs");
  require_current_state();
  return lock;
}

/// Of the file that counts.
Jobs read_jobs(const Build& built, Console& console) {
  if (!built.cron_json) return built.app_json ? jobs_of_app_json(*built.app_json) : Jobs{};
  auto jobs = jobs_of_cron_json(*built.cron_json);
  if (!jobs) console.line("warning: 'cron.json' has no 'jobs', ignoring it");
  return std::move(jobs).value_or(Jobs{});
}

}  // namespace

Jobs jobs_of(const Build& built, const Config& config, Console& console) {
  Jobs jobs = read_jobs(built, console);
  for (Job& job : jobs)
    drop_unknown_size(job.size,
                      concat("the job '", printable(job.command, 40), "' wants size '",
                             printable(job.size, 40), "'"),
                      config, console);
  return jobs;
}

bool runs_jobs(const App& app, const Config& config) {
  if (app.review && !app.settings.contains("cron")) return false;
  return config.settings.with(app.settings).cron;
}

JobRun start_job_now(const App& app, const Release& release, const Job& job,
                     const Config& config) {
  const UniqueFd lock = lock_runs(app.name);
  JobRuns runs = JobRuns::load(app.name);
  runs.follow(release.jobs);
  auto run = start_unless_running(app, release, job, runs.last(job), config);
  if (!run) {
    const std::string& container = runs.last(job)->container;
    throw PushError(concat("it still runs, as ", container, "\nend it: hythe run ",
                           app.name.view(), " --stop ", container),
                    EX_TEMPFAIL);
  }
  runs.add(*run);
  runs.save();
  if (!run->problem.empty()) throw PushError(run->problem, EX_UNAVAILABLE);
  return std::move(*run);
}

bool is_running(const AppName& app, const JobRun& run) {
  const auto state = ContainerState::one_off(app, run.container);
  return state && state->started == run.started;
}

std::vector<JobRun> start_due_jobs(const App& app, const Config& config, Minute now) {
  if (app.release == 0) return {};
  const Release release = Release::load(app.name, app.release);
  if (release.jobs.empty() && !JobRuns::load(app.name).seen()) return {};
  const UniqueFd lock = lock_runs(app.name);
  if (release.jobs.empty()) {  // what it may have one day was never due before
    JobRuns::forget(app.name);
    return {};
  }
  JobRuns runs = JobRuns::load(app.name);
  const Minute first = first_unseen(runs, now);
  if (first > now) return {};
  runs.see(now);
  runs.follow(release.jobs);
  runs.save();  // first: rather not at all than twice, should we be killed
  std::vector<JobRun> started;
  if (app.is_stopped || !runs_jobs(app, config)) return started;
  for (const Job& job : release.jobs) {
    if (job.is_suspended || !was_due(job, first, now)) continue;
    auto run = start_unless_running(app, release, job, runs.last(job), config);
    if (!run) continue;
    runs.add(*run);
    runs.save();  // whoever comes next must know of it
    started.push_back(std::move(*run));
  }
  return started;
}

}  // namespace hythe
