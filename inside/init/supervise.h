// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <signal.h>
#include <sys/types.h>

#include "inside/init/terminal.h"

namespace hythe::init {

/// From here on signals wait until supervise() takes them. PID 1 would otherwise lose those
/// that it does not handle.
void hold_signals() noexcept;
/// Those that it takes.
[[nodiscard]] sigset_t handled_signals() noexcept;

/// Does what PID 1 has to do until the container is over, and returns its exit code: the
/// command's, or 128 + n when signal n ended it.
///
/// Everything that ends is reaped. A request to stop goes to every process of the container,
/// since many do not pass it on (npm does not). When the command ends by itself the container
/// is over at once; when it ends after a SIGTERM, only once all others are gone too, which
/// may still be draining. How long that may take is for the outside to say, with SIGKILL.
///
/// The command's terminal, unless it is nullptr, is served meanwhile, and all that was written
/// to it has gone out when this returns.
[[nodiscard]] int supervise(pid_t command, Terminal* terminal) noexcept;

}  // namespace hythe::init
