// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include <iostream>
#include <vector>

#include "cli/commands.h"
#include "core/paths.h"
#include "lib/app.h"
#include "lib/app_lock.h"
#include "lib/creation_lock.h"
#include "lib/errors.h"
#include "lib/file_lock.h"
#include "lib/migration.h"

namespace hythe {
namespace {

/// What keeps every deployment from beginning, and waits for those under way. They end soon:
/// the helpers that they would call refuse to work on the state as it is.
std::vector<UniqueFd> lock_everything() {
  std::vector<UniqueFd> locks;
  locks.push_back(lock_creation());
  for (const AppName& app : App::all()) {
    if (const auto holder = AppLock::holder(app))
      std::cerr << app.view() << ": waiting behind " << holder->describe() << std::endl;
    // Not as AppLock takes it: that refuses a state that is not current.
    locks.push_back(open_locked(App::directory(app) + "/lock", "the app"));
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
