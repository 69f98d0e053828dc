// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/app_name.h"
#include "lib/clock.h"
#include "lib/cron_schedule.h"
#include "model/job.h"

namespace hythe {

/// How a job was started last.
struct JobRun {
  Job job;
  Milliseconds when{};      // since 1970
  std::string container{};  // "run.1"
  Milliseconds started{};   // as its monitor says: the name alone may be another's by now
  std::string problem{};    // why it was not started
};

/// What came of an app's jobs: apps/APP/cron.yml.
class JobRuns {
 public:
  /// Whoever changes them holds this.
  [[nodiscard]] static std::string lock_file(const AppName& app);
  [[nodiscard]] static JobRuns load(const AppName& app);
  void save() const;
  static void forget(const AppName& app);

  /// Until when all that was due has been started.
  [[nodiscard]] std::optional<Minute> seen() const { return seen_; }
  void see(Minute minute) { seen_ = minute; }

  /// nullptr when it was never due.
  [[nodiscard]] const JobRun* last(const Job& job) const;
  void add(JobRun run);
  /// From now on these are the jobs. One that has another schedule by now is the same one; of
  /// those that there are not any more nothing is kept.
  void follow(const Jobs& jobs);

 private:
  explicit JobRuns(const AppName& app) : app_(app) {}
  AppName app_;
  std::optional<Minute> seen_{};
  std::vector<JobRun> runs_{};
};

}  // namespace hythe
