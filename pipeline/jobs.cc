// SPDX-License-Identifier: Apache-2.0
#include "pipeline/jobs.h"

#include <algorithm>

#include "core/paths.h"
#include "lib/errors.h"
#include "lib/file/file_lock.h"
#include "lib/printable.h"
#include "model/container/container_state.h"
#include "model/helper.h"
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

const ContainerState* find(const std::vector<ContainerState>& containers,
                           const std::string& name) {
  const auto found =
      std::find_if(containers.begin(), containers.end(), [&](const ContainerState& state) {
        return state.lane == word(Lane::one_off) && state.name == name;
      });
  return found == containers.end() ? nullptr : &*found;
}

void end(const AppName& app, const std::string& container) {
  call_helper(paths::kLaunchHelper, {"end", std::string(app.view()), container});
}

/// nullopt when the one before is to go on by itself.
std::optional<JobRun> start_unless_running(const App& app, const Release& release,
                                           const Job& job, const JobRun* before,
                                           const Config& config) {
  JobRun failed{.job = job, .when = unix_time()};
  try {
    if (before != nullptr && job.overlap != Job::Overlap::allow &&
        is_running(app.name, *before)) {
      if (job.overlap == Job::Overlap::forbid) return std::nullopt;
      end(app.name, before->container);
    }
    return start_job(app, release, job, config);
  } catch (const std::exception& error) {
    failed.problem = error.what();
    return failed;
  }
}

}  // namespace

Jobs jobs_of(const Build& built, const Config& config, Console& console) {
  Jobs jobs = built.cron_json  ? jobs_of_cron_json(*built.cron_json)
              : built.app_json ? jobs_of_app_json(*built.app_json)
                               : Jobs{};
  for (Job& job : jobs) {
    if (job.size.empty() || config.sizes.find(job.size) != nullptr) continue;
    console.line(concat("warning: the job '", printable(job.command, 40), "' wants size '",
                        printable(job.size, 40),
                        "', which there is not: ", config.sizes.names()));
    job.size.clear();
  }
  return jobs;
}

bool runs_jobs(const App& app, const Config& config) {
  if (app.review && !app.settings.contains("cron")) return false;
  return config.settings.with(app.settings).cron;
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
  JobRun run{.job = job, .when = unix_time(), .container = one_off.name()};
  const auto containers = ContainerState::of(app.name);
  if (const ContainerState* state = find(containers, run.container))
    run.started = state->started;
  return run;
}

bool is_running(const AppName& app, const JobRun& run) {
  const auto containers = ContainerState::of(app);
  const ContainerState* state = find(containers, run.container);
  return state != nullptr && state->started == run.started;
}

std::vector<JobRun> start_due_jobs(const App& app, const Config& config, Minute now) {
  if (app.release == 0 || app.is_stopped || !runs_jobs(app, config)) return {};
  const Release release = Release::load(app.name, app.release);
  if (release.jobs.empty()) return {};
  const UniqueFd lock = open_locked(App::directory(app.name) + "/cron.lock", "the jobs");
  JobRuns runs = JobRuns::load(app.name);
  const Minute first = first_unseen(runs, now);
  if (first > now) return {};
  runs.see(now);
  runs.forget_all_but(release.jobs);
  runs.save();  // first: rather not at all than twice, should we be killed
  std::vector<JobRun> started;
  for (const Job& job : release.jobs) {
    if (job.is_suspended || !was_due(job, first, now)) continue;
    if (auto run = start_unless_running(app, release, job, runs.last(job), config)) {
      runs.add(*run);
      started.push_back(std::move(*run));
    }
  }
  runs.save();
  return started;
}

}  // namespace hythe
