// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

namespace hythe::root {

/// One of the two setuid fronts.
struct Front {
  const char* name;  // in messages
  const char* path;  // where it is installed; it refuses to run from anywhere else
};

/// Call first in main(), before any input is looked at. Removes whatever a hostile caller
/// can leave behind for a setuid program (descriptors, environment, umask, directory, timers,
/// signals, limits, scheduling, personality), refuses callers other than root and the owner
/// of /var/lib/hythe/repos, and makes the process root's own: from its return on the caller
/// can neither signal nor trace it.
///
/// Returns the uid of the caller. Everything else ends the process: EX_USAGE without
/// argv[0], EX_CONFIG when not setuid root, not at its place or when the installation's
/// owners are wrong, EX_NOPERM for a stranger, EX_OSERR when a limit that matters cannot be
/// lifted.
[[nodiscard]] uid_t harden(const Front& front, int argc, const char* const* argv) noexcept;

}  // namespace hythe::root
