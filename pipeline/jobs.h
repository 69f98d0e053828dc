// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "model/app.h"
#include "model/config.h"
#include "model/job.h"
#include "model/job_runs.h"
#include "model/release.h"
#include "pipeline/build.h"

namespace hythe {

/// The jobs of what was built: of its cron.json, or else its app.json. Sizes that there are not
/// are told of and left out. Throws PushError (EX_DATAERR) when they cannot be read.
[[nodiscard]] Jobs jobs_of(const Build& built, const Config& config, Console& console);

/// Whether an app's jobs run at their times: by the setting `cron`, which is off for a review
/// app unless it is set for it or its parent; what they send would be sent twice.
[[nodiscard]] bool runs_jobs(const App& app, const Config& config);

/// Runs a job now, in a one-off of the release, for at most as long as any one-off: returns how
/// it was started. Throws PushError when it could not be, or still runs and must not run twice.
[[nodiscard]] JobRun start_job_now(const App& app, const Release& release, const Job& job,
                                   const Config& config);

/// Whether that is still at work.
[[nodiscard]] bool is_running(const AppName& app, const JobRun& run);

/// Starts the jobs that became due since this was called last, each once; but not what was due
/// more than five minutes ago, when the host was off, nor what was due while the app was
/// stopped or had its jobs off. What could not be started is among the runs that are returned.
[[nodiscard]] std::vector<JobRun> start_due_jobs(const App& app, const Config& config,
                                                 Minute now);

}  // namespace hythe
