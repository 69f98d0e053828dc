// SPDX-License-Identifier: Apache-2.0
#include <sysexits.h>

#include <cstdio>
#include <iostream>

#include "cli/commands.h"
#include "core/decimal.h"
#include "lib/cron_schedule.h"
#include "lib/errors.h"
#include "lib/printable.h"
#include "model/app.h"
#include "model/config.h"
#include "model/release.h"
#include "pipeline/jobs.h"

namespace hythe {
namespace {

constexpr const char* kNone =
    "' has no jobs\nwrite them into its cron.json: {\"jobs\": [{\"command\": \"0 7 * * * "
    "COMMAND\"}]}";

Minute now() {
  return std::chrono::floor<std::chrono::minutes>(std::chrono::system_clock::now());
}

/// "2026-11-25 16:03", in UTC.
std::string date_and_minute(Milliseconds when) {
  constexpr std::size_t kSeconds = sizeof ":00" - 1;
  std::string text = date_and_time(when);
  text.resize(text.size() - kSeconds);
  return text;
}

std::string next_of(const Job& job, bool is_on) {
  if (job.is_suspended) return "suspended";
  if (!is_on) return "off";
  const Minute next = CronSchedule::parse(job.schedule).next(now());
  return "next " + date_and_minute(next.time_since_epoch());
}

std::string last_of(const AppName& app, const JobRun* run) {
  if (run == nullptr) return {};
  std::string text = ", last " + date_and_minute(run->when);
  if (!run->problem.empty()) return concat(text, " failed: ", printable(run->problem, 200));
  return concat(text, " as ", run->container, is_running(app, *run) ? ", which runs" : "");
}

void list(const App& app, const Release& release, const Config& config) {
  const JobRuns runs = JobRuns::load(app.name);
  const bool is_on = runs_jobs(app, config) && !app.is_stopped;
  for (std::size_t i = 0; i < release.jobs.size(); ++i) {
    const Job& job = release.jobs[i];
    char line[256];
    std::snprintf(line, sizeof line, "%2zu  %-14s  %-30s  ", i + 1,
                  printable(job.schedule, 60).c_str(), printable(job.command, 60).c_str());
    std::cout << line << next_of(job, is_on) << last_of(app.name, runs.last(job)) << '\n';
  }
  if (is_on) return;
  std::cout << (app.is_stopped ? "the app is stopped: hythe start "
                               : "they do not run at their times: hythe settings ")
            << app.name.view() << (app.is_stopped ? "\n" : " cron=on\n");
}

int run_now(const App& app, const Release& release, const Config& config,
            const std::string& word) {
  const auto number = parse_decimal(word, release.jobs.size());
  if (!number || *number == 0)
    throw PushError(concat("'", app.name.view(), "' has no job '", printable(word, 20),
                           "'\nwhat there is: hythe cron ", app.name.view()),
                    EX_NOINPUT);
  const JobRun run = start_job_now(app, release, release.jobs[*number - 1], config);
  std::cout << "Started " << run.container << '\n'
            << "  follow it: hythe logs " << app.name.view() << ' ' << run.container << " -f\n";
  return EX_OK;
}

/// What the host does every minute. One app's trouble is not another's, and a job that cannot
/// be started is its app's: `hythe cron APP` says so.
int start_what_is_due() {
  const Config config = Config::load();
  int code = EX_OK;
  for (const AppName& name : App::all()) {
    try {
      for (const JobRun& run : start_due_jobs(App::load(name), config, now())) {
        std::cout << name.view() << ": " << printable(run.job.command, 80) << ": "
                  << (run.problem.empty() ? run.container : printable(run.problem)) << '\n';
      }
    } catch (const std::exception& error) {
      std::cerr << "warning: " << name.view() << ": " << error.what() << ", ignoring\n";
      code = EX_UNAVAILABLE;
    }
  }
  return code;
}

}  // namespace

int cron(Arguments& arguments, const Caller&) {
  if (arguments.flag("--due")) {
    arguments.end();
    return start_what_is_due();
  }
  const auto number = arguments.option("--run");
  const App app = App::load_deployed(arguments.app());
  arguments.end();
  const Release release = Release::load(app.name, app.release);
  if (release.jobs.empty()) throw PushError(concat("'", app.name.view(), kNone), EX_NOINPUT);
  const Config config = Config::load();
  if (number) return run_now(app, release, config, *number);
  list(app, release, config);
  return EX_OK;
}

}  // namespace hythe
