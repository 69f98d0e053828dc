// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>

#include "core/paths.h"
#include "helpers/container/app_trees.h"
#include "helpers/container/background.h"
#include "helpers/container/builds.h"
#include "helpers/container/complain.h"
#include "helpers/container/file.h"
#include "helpers/container/installed_stack.h"
#include "helpers/container/slots.h"
#include "helpers/container/verbs.h"
#include "helpers/die.h"
#include "helpers/text.h"

namespace hythe::container {
namespace {

/// Renames a directory that the app's user has made, and that nothing of the app's can reach
/// any more: its build is over. renameat(2) follows no symlink in a last component, and both
/// parents were opened as directories; what was moved is looked at before and after.
bool move_tree(int from, const char* name, int to, const char* new_name, Slot slot) {
  return is_directory_of(from, name, slot.uid()) && ::renameat(from, name, to, new_name) == 0 &&
         is_directory_of(to, new_name, slot.uid());
}

/// The cache of this build becomes the app's, in one step: the old one takes its place, and
/// goes with the build. One that cannot be kept is no reason to fail.
void keep_cache(const AppName& app, int tree, Slot slot) {
  const root::Directory cache = open_cache(app, slot);
  if (!is_directory_of(tree, "cache", slot.uid())) return;
  if (::renameat2(tree, "cache", cache.fd(), "tree", RENAME_EXCHANGE) != 0)
    complain_errno("keep the cache of this build, ignoring");
}

[[noreturn]] void refuse_to_replace(const LaunchRequest& request) {
  root::die(EX_CANTCREAT, "app '", request.app.view(), "' has release ",
            root::Decimal(request.release), " already");
}

}  // namespace

int release(const LaunchRequest& request) {
  const AppName& app = request.app;
  const Slot slot = require_slot(app);
  const root::Directory releases =
      root::Directory::open(paths::kReleases).make_inside(app.c_str(), 0700);
  const root::FixedText<16> number(request.release);
  const bool is_there = releases.contains(number.c_str());
  if (is_there && !Build::exists(app, request.deployment)) refuse_to_replace(request);
  const Build build = Build::find(app, request.deployment);
  if (!build.is_finished())
    root::die(EX_NOINPUT, "build ", root::Decimal(request.deployment), " of '", app.view(),
              "' did not succeed");

  // A call that was killed has perhaps moved the tree already: this one goes on from there.
  const UniqueFd tree = open_directory(build.directory().fd(), "tree");
  const std::string built = std::string(app.view()) + "-" + std::to_string(request.deployment);
  const bool is_built = tree && is_directory_of(tree.get(), built.c_str(), slot.uid());
  if (is_there && is_built) refuse_to_replace(request);
  if (!is_there) {
    // Under a name that no release has, until all of it is on disk.
    const std::string unfinished = unfinished_release(request.deployment);
    const root::Directory made = releases.make_inside(unfinished.c_str(), 0700);
    if (is_built ? !move_tree(tree.get(), built.c_str(), made.fd(), "app", slot)
                 : !is_directory_of(made.fd(), "app", slot.uid()))
      root::die(EX_NOINPUT, "build ", root::Decimal(request.deployment), " of '", app.view(),
                "' has no app in it");
    // Before it is a release: what was built on a stack never runs on another.
    if (const auto stack = remembered_stack(build.directory())) remember_stack(made, *stack);
    // One for all: thousands of files were written by somebody else, and must be there after a
    // power cut if this returns.
    if (::syncfs(made.fd()) != 0) root::die_errno("write a release to disk");
    releases.rename(unfinished.c_str(), number.c_str());
  }
  releases.sync();

  if (tree) keep_cache(app, tree.get(), slot);
  forget_builds(app, request.deployment);
  in_background([&] {
    yield_to_others();
    sweep_builds(app, slot);
  });
  return EX_OK;
}

}  // namespace hythe::container
