// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <csignal>

namespace hythe::root {

/// From here on a change is finished or undone, whatever happens at the caller's terminal or
/// to its session. The caller itself cannot signal us since harden(). What runs under it must
/// be bounded in time.
inline void ignore_interruptions() noexcept {
  struct sigaction action {};
  action.sa_handler = SIG_IGN;
  for (const int number : {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGTTIN, SIGTTOU})
    ::sigaction(number, &action, nullptr);
}

}  // namespace hythe::root
