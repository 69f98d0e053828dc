// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/paths.h"
#include "helpers/container/app_trees.h"
#include "helpers/container/claim.h"
#include "helpers/container/file.h"
#include "helpers/container/removal.h"
#include "helpers/container/slots.h"
#include "helpers/container/verbs.h"
#include "helpers/die.h"
#include "helpers/slot_of.h"

namespace hythe::container {
namespace {

/// Root's own directory, through which the app's user can pass and in which it can change
/// nothing.
root::Directory make_passage(const char* parent, const AppName& app) {
  return root::Directory::make(parent, 0700).make_inside(app.c_str(), 0700);
}

/// The containers' logs, written by root and read by user hythe.
void make_log_directory(const AppName& app) {
  const root::Directory logs = root::Directory::make(paths::kLogs, 0750);
  // Not make_inside(), which gives it to group root.
  if (::mkdirat(logs.fd(), app.c_str(), 0700) != 0 && errno != EEXIST)
    root::die_errno("make the log directory of '", app.view(), "'");
  const UniqueFd directory = open_directory(logs.fd(), app.c_str());
  if (!directory || ::fchown(directory.get(), 0, reader_group()) != 0 ||
      ::fchmod(directory.get(), 0750) != 0)
    root::die_errno("give the log directory of '", app.view(), "' to its readers");
}

}  // namespace

int create(const LaunchRequest& request) {
  const AppName& app = request.app;
  const SlotTable table = SlotTable::lock();
  if (root::slot_of(app)) return EX_OK;  // it has all of it: the slot comes last

  // Directories first: with the slot the app exists, and then it has all of them. Those that
  // a call that was killed has made are taken over, with the uid of the new slot.
  const Slot slot = table.propose();
  make_passage(paths::kReleases, app);
  make_passage(paths::kBuilds, app);
  const root::Directory cache = make_passage(paths::kCache, app);
  remove_own(cache.fd(), "tree");  // empty, but for the uid of another slot
  (void)open_cache(app, slot);
  make_log_directory(app);
  table.assign(app, slot);
  return EX_OK;
}

}  // namespace hythe::container
