// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/stop_signals.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/unique_fd.h"

namespace hythe::container {
namespace {

constexpr int kSkipped = 200;

int exit_code_of(pid_t child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

/// What SIGTERM is taken for when it comes from the caller.
int sigterm_from_parent() {
  int ready[2];
  if (::pipe2(ready, O_CLOEXEC) != 0) return 0;
  const pid_t child = ::fork();
  if (child == 0) {
    const UniqueFd signals = open_stop_signals();
    (void)!::write(ready[1], "", 1);
    pollfd event{.fd = signals.get(), .events = POLLIN, .revents = 0};
    (void)::poll(&event, 1, 10'000);
    ::_exit(next_stop_signal(signals));
  }
  char byte = 0;
  (void)!::read(ready[0], &byte, 1);
  ::kill(child, SIGTERM);
  return exit_code_of(child);
}

TEST(StopSignals, AreTakenAsTheyCome) {
  EXPECT_EQ(sigterm_from_parent(), SIGTERM);
}

TEST(StopSignals, EndWhatIsLiveWhenInitSaysSo) {
  const pid_t outside = ::fork();
  if (outside == 0) {
    if (::unshare(CLONE_NEWPID) != 0 && ::unshare(CLONE_NEWUSER | CLONE_NEWPID) != 0)
      ::_exit(kSkipped);
    const pid_t init = ::fork();
    if (init == 0) ::_exit(sigterm_from_parent());
    ::_exit(exit_code_of(init));
  }
  const int code = exit_code_of(outside);
  if (code == kSkipped) GTEST_SKIP() << "namespaces are root's here";
  EXPECT_EQ(code, SIGUSR1);
}

}  // namespace
}  // namespace hythe::container
