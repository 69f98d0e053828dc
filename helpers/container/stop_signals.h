// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/unique_fd.h"

namespace hythe::container {

/// How a process that runs a container is told to end: SIGTERM asks it to stop the container
/// with all due patience unless its lane is live, SIGUSR1 also then, SIGINT at once. SIGTERM
/// from the host's init, which goes down, is SIGUSR1. They are only ever read here, and so
/// never interrupt anything half-way. The descriptor is readable for SIGCHLD too, so that a
/// poll ends when there is somebody to be reaped.
[[nodiscard]] UniqueFd open_stop_signals();

/// The next of them that has come; 0 when there is none.
[[nodiscard]] int next_stop_signal(const UniqueFd& signals);

}  // namespace hythe::container
