// SPDX-License-Identifier: Apache-2.0
#include "stacks/interruption.h"

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>

#include <cerrno>

#include "lib/errors.h"

namespace hythe::stacks {

Interruption::Interruption() {
  sigset_t told;
  sigemptyset(&told);
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&told, number);
  ::sigprocmask(SIG_BLOCK, &told, nullptr);
  signals_.reset(::signalfd(-1, &told, SFD_CLOEXEC));
  if (!signals_) throw SystemError(errno, "wait for signals");
}

void Interruption::wait_for(int fd) const {
  pollfd events[] = {{.fd = signals_.get(), .events = POLLIN, .revents = 0},
                     {.fd = fd, .events = POLLIN, .revents = 0}};
  while (::poll(events, 2, -1) < 0)
    if (errno != EINTR) throw SystemError(errno, "wait for a child");
  if (events[0].revents != 0) throw PushError("interrupted: nothing was changed", EX_TEMPFAIL);
}

}  // namespace hythe::stacks
