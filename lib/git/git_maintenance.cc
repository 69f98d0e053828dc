// SPDX-License-Identifier: Apache-2.0
#include "lib/git/git_maintenance.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "core/paths.h"
#include "lib/clock.h"
#include "lib/errors.h"
#include "lib/file/atomic_file.h"
#include "lib/git/quarantine.h"
#include "lib/process/child.h"

namespace hythe {
namespace {

/// Over whatever the repository's own config says.
constexpr const char* kSettings[] = {
    "gc.auto=200",  // a push of less than 100 objects leaves each in a file of its own
    "gc.autoPackLimit=20",
    "gc.autoDetach=false",
    "gc.pruneExpire=2.weeks.ago",
    "gc.writeCommitGraph=false",
    "gc.packRefs=false",  // it would lock branches that are other apps' to move
    "core.fsmonitor=false",
    "core.alternateRefsCommand=exit 0 #",
    "protocol.allow=never",
};

}  // namespace

void remove_stale_ref_lock(const std::string& repository, const std::string& ref) {
  const std::string lock = concat(repository, '/', ref, ".lock");
  if (::unlink(lock.c_str()) != 0 && errno != ENOENT && errno != ENOTDIR)
    throw SystemError(errno, "remove '", lock, "'");
}

bool remove_stale_packed_refs_lock(const std::string& repository) {
  constexpr Milliseconds kLongest = std::chrono::minutes(1);  // git holds it for milliseconds
  const std::string lock = repository + "/packed-refs.lock";
  struct stat status = {};
  if (::stat(lock.c_str(), &status) != 0) return true;
  const Milliseconds made = std::chrono::seconds(status.st_mtim.tv_sec);
  if (unix_time() - made < kLongest) return false;
  remove_file(lock);
  return true;
}

void tidy_repository(const std::string& path) {
  remove_abandoned_quarantines(path, "", {});
  Command git{.argv = {paths::kGit}};
  for (const char* setting : kSettings) {
    git.argv.emplace_back("-c");
    git.argv.emplace_back(setting);
  }
  git.argv.insert(git.argv.end(), {"-c", concat("core.hooksPath=", paths::kHooks),
                                   concat("--git-dir=", path), "gc", "--auto", "--quiet"});
  for (const char* variable : {"GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null",
                               "GIT_TERMINAL_PROMPT=0", "HOME=/nonexistent"})
    git.environment.emplace_back(variable);
  const ExitStatus status = Child::start(git).wait();
  if (!status.is_success())
    throw SystemError(EIO, "tidy the repository '", path, "': git gc ", status.describe());
}

}  // namespace hythe
