// SPDX-License-Identifier: Apache-2.0
#include "lib/git_maintenance.h"

#include <cerrno>

#include "core/paths.h"
#include "lib/child.h"
#include "lib/errors.h"
#include "lib/quarantine.h"

namespace hythe {
namespace {

/// Over whatever the repository's own config says.
constexpr const char* kSettings[] = {
    "gc.auto=200",  // a push of less than 100 objects leaves each in a file of its own
    "gc.autoPackLimit=20",
    "gc.autoDetach=false",
    "gc.pruneExpire=2.weeks.ago",
    "gc.writeCommitGraph=false",
    "core.fsmonitor=false",
    "core.alternateRefsCommand=exit 0 #",
    "protocol.allow=never",
};

}  // namespace

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
