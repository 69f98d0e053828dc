// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/stop_signals.h"

#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace hythe::container {

UniqueFd open_stop_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int number : {SIGTERM, SIGUSR1, SIGINT, SIGCHLD}) sigaddset(&set, number);
  if (::sigprocmask(SIG_BLOCK, &set, nullptr) != 0) return {};
  return UniqueFd(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
}

int next_stop_signal(const UniqueFd& signals) {
  struct signalfd_siginfo info = {};
  while (::read(signals.get(), &info, sizeof info) == sizeof info) {
    if (info.ssi_signo == SIGCHLD) continue;
    // From the host's init it is for every process: the host goes down.
    if (info.ssi_signo == SIGTERM && info.ssi_pid == 1) return SIGUSR1;
    return static_cast<int>(info.ssi_signo);
  }
  return 0;
}

}  // namespace hythe::container
