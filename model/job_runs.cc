// SPDX-License-Identifier: Apache-2.0
#include "model/job_runs.h"

#include <algorithm>

#include "core/decimal.h"
#include "lib/file/atomic_file.h"
#include "lib/yaml.h"
#include "model/app.h"
#include "model/state.h"

namespace hythe {
namespace {

constexpr std::uint64_t kLatest = 1ULL << 53U;

std::string file_of(const AppName& app) {
  return App::directory(app) + "/cron.yml";
}

bool is_same(const Job& one, const Job& other) {
  return one.schedule == other.schedule && one.command == other.command;
}

bool has(const Jobs& jobs, const Job& wanted) {
  return std::any_of(jobs.begin(), jobs.end(),
                     [&](const Job& job) { return is_same(job, wanted); });
}

Milliseconds time_in(const Yaml& text) {
  return Milliseconds(parse_decimal(text.text(), kLatest).value_or(0));
}

}  // namespace

std::string JobRuns::lock_file(const AppName& app) {
  return App::directory(app) + "/cron.lock";
}

JobRuns JobRuns::load(const AppName& app) {
  JobRuns runs(app);
  const Yaml file = load_state_file(file_of(app));
  if (const auto minutes = parse_decimal(file["seen"].text(), kLatest))
    runs.seen_ = Minute(std::chrono::minutes(*minutes));
  for (const Yaml& entry : file["runs"].items())
    runs.runs_.push_back(
        {.job = {.schedule = entry["schedule"].text(), .command = entry["command"].text()},
         .when = time_in(entry["when"]),
         .container = entry["container"].text(),
         .started = time_in(entry["started"]),
         .problem = entry["problem"].text()});
  return runs;
}

void JobRuns::save() const {
  Yaml list;
  for (const JobRun& run : runs_) {
    Yaml entry;
    entry.add("schedule", run.job.schedule)
        .add("command", run.job.command)
        .add("when", std::to_string(run.when.count()));
    if (!run.container.empty())
      entry.add("container", run.container).add("started", std::to_string(run.started.count()));
    if (!run.problem.empty()) entry.add("problem", run.problem);
    list.append(std::move(entry));
  }
  Yaml file = begin_state_file();
  if (seen_) file.add("seen", std::to_string(seen_->time_since_epoch().count()));
  file.add("runs", std::move(list));
  replace_file(file_of(app_), file.dump(), Durability::survives_crash_of_hythe);
}

void JobRuns::forget(const AppName& app) {
  remove_file(file_of(app));
}

const JobRun* JobRuns::last(const Job& job) const {
  const auto found = std::find_if(runs_.begin(), runs_.end(),
                                  [&](const JobRun& run) { return is_same(run.job, job); });
  return found == runs_.end() ? nullptr : &*found;
}

void JobRuns::add(JobRun run) {
  std::erase_if(runs_, [&](const JobRun& known) { return is_same(known.job, run.job); });
  runs_.push_back(std::move(run));
}

void JobRuns::follow(const Jobs& jobs) {
  for (const Job& job : jobs) {
    if (last(job) != nullptr) continue;
    const auto before = std::find_if(runs_.begin(), runs_.end(), [&](const JobRun& run) {
      return run.job.command == job.command && !has(jobs, run.job);
    });
    if (before != runs_.end()) before->job.schedule = job.schedule;
  }
  std::erase_if(runs_, [&](const JobRun& run) { return !has(jobs, run.job); });
}

}  // namespace hythe
