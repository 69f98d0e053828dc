// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include <iostream>
#include <vector>

#include "cli/commands.h"
#include "core/paths.h"
#include "lib/errors.h"
#include "lib/file/file_lock.h"
#include "model/app.h"
#include "model/app_lock.h"
#include "model/creation_lock.h"
#include "model/job_runs.h"
#include "model/migration.h"

namespace hythe {
namespace {

constexpr const char* kWayOut = "when that is over, as root: hythe migrate";

UniqueFd lock_making(const Deadline& deadline) {
  auto lock = lock_creation_by(deadline);
  if (!lock)
    throw PushError(concat("nothing was migrated: an app is being made or removed\n", kWayOut),
                    EX_TEMPFAIL);
  return std::move(*lock);
}

/// Not as AppLock takes it: that refuses a state that is not current.
UniqueFd lock_app(const AppName& app, const Deadline& deadline) {
  const std::string path = App::directory(app) + "/lock";
  if (auto lock = open_locked_by(path, "the app", Deadline(Milliseconds(0))))
    return std::move(*lock);
  const auto behind = [&app] {
    const auto holder = AppLock::holder(app);
    return holder ? holder->describe() : std::string("somebody who is just done");
  };
  std::cerr << app.view() << ": waiting behind " << behind() << std::endl;
  if (auto lock = open_locked_by(path, "the app", deadline)) return std::move(*lock);
  throw PushError(
      concat("nothing was migrated: '", app.view(), "' is held by ", behind(), '\n', kWayOut),
      EX_TEMPFAIL);
}

/// Nobody has it for longer than it takes to start what is due.
UniqueFd lock_jobs(const AppName& app, const Deadline& deadline) {
  if (auto lock = open_locked_by(JobRuns::lock_file(app), "the jobs", deadline))
    return std::move(*lock);
  throw PushError(
      concat("nothing was migrated: jobs of '", app.view(), "' are being started\n", kWayOut),
      EX_TEMPFAIL);
}

/// What keeps every deployment from beginning, and waits for those under way. Most end soon:
/// the helpers that they would call refuse to work on the state as it is. A build does not.
std::vector<UniqueFd> lock_everything() {
  const Deadline deadline(kMigrationPatience);
  std::vector<UniqueFd> locks;
  locks.push_back(lock_making(deadline));
  for (const AppName& app : App::all()) {
    locks.push_back(lock_app(app, deadline));
    locks.push_back(lock_jobs(app, deadline));
  }
  return locks;
}

}  // namespace

int migrate_as_root(Arguments& arguments, const Caller&) {
  arguments.end();
  if (::geteuid() != 0)
    throw PushError("hythe migrate is for root\ntry: sudo hythe migrate", EX_NOPERM);
  ::umask(077);
  std::vector<UniqueFd> locks;  // the child's
  const auto done = migrate(paths::kState, all_migrations(), [&locks] {
    (void)Caller::identify();  // user hythe from here on
    locks = lock_everything();
  });
  if (done)
    std::cout << "The state is of version " << done->to << " now; as it was with version "
              << done->from << ": " << done->backup << '\n';
  return EX_OK;
}

}  // namespace hythe
