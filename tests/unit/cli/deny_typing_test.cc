// SPDX-License-Identifier: Apache-2.0
#include "cli/deny_typing.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <functional>

namespace hythe {
namespace {

constexpr int kFailed = 254;

/// A terminal that is the caller's controlling one, where typing is least refused; or -1.
int own_terminal() {
  const int master = ::posix_openpt(O_RDWR | O_NOCTTY);
  if (master < 0 || ::grantpt(master) != 0 || ::unlockpt(master) != 0 || ::setsid() < 0)
    return -1;
  return ::open(::ptsname(master), O_RDWR);
}

/// The errno that a call on its terminal leaves a process with; kFailed when there is none.
int error_in_child(bool is_denied, const std::function<long(int terminal)>& call) {
  const pid_t child = ::fork();
  if (child == 0) {
    const int terminal = own_terminal();
    if (terminal < 0) ::_exit(kFailed);
    // As anybody but root has to.
    if (is_denied && ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) ::_exit(kFailed);
    if (is_denied) deny_typing();
    ::_exit(call(terminal) == -1 ? errno : 0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : kFailed;
}

long type_a_letter(int terminal) {
  return ::ioctl(terminal, TIOCSTI, "x");
}

TEST(DenyTyping, DeniesWhatWasNotDeniedBefore) {
  const int before = error_in_child(false, type_a_letter);
  EXPECT_TRUE(before == 0 || before == EIO) << before;  // EIO: this kernel has none of it
  EXPECT_EQ(error_in_child(true, type_a_letter), EPERM);
  const auto paste = [](int terminal) { return ::ioctl(terminal, TIOCLINUX, "\3"); };
  EXPECT_NE(error_in_child(false, paste), EPERM);
  EXPECT_EQ(error_in_child(true, paste), EPERM);
}

TEST(DenyTyping, LooksAtTheBitsThatTheKernelLooksAt) {
  EXPECT_EQ(error_in_child(true,
                           [](int terminal) {
                             return ::syscall(SYS_ioctl, terminal, (1L << 32) | TIOCSTI, "x");
                           }),
            EPERM);
}

#if defined(__x86_64__)
TEST(DenyTyping, KnowsEveryNumberOfTheCall) {
  for (const long number : {__X32_SYSCALL_BIT | 16L, 514L, __X32_SYSCALL_BIT | 514L})
    EXPECT_EQ(
        error_in_child(true,
                       [&](int terminal) { return ::syscall(number, terminal, TIOCSTI, "x"); }),
        EPERM)
        << number;
}

TEST(DenyTyping, KnowsTheThirtyTwoBitMachine) {
  const auto call = [](long number, long first, long second) {
    long result = number;
    asm volatile("int $0x80" : "+a"(result) : "b"(first), "c"(second), "d"(0L) : "memory");
    if (result >= 0) return 0L;
    errno = static_cast<int>(-result);
    return -1L;
  };
  const auto get_pid = [&](int) { return call(20, 0, 0); };
  if (error_in_child(true, get_pid) != 0) GTEST_SKIP() << "this kernel runs no such programs";
  EXPECT_EQ(error_in_child(true, [&](int terminal) { return call(54, terminal, TIOCSTI); }),
            EPERM);
  // There is nothing at address 0.
  EXPECT_EQ(error_in_child(true, [&](int terminal) { return call(54, terminal, TIOCGWINSZ); }),
            EFAULT);
}
#endif

TEST(DenyTyping, LeavesAllElse) {
  const auto resize = [](int terminal) -> long {
    winsize window = {.ws_row = 33, .ws_col = 101, .ws_xpixel = 0, .ws_ypixel = 0};
    if (::ioctl(terminal, TIOCSWINSZ, &window) != 0) return -1;
    window = {};
    if (::ioctl(terminal, TIOCGWINSZ, &window) != 0) return -1;
    return window.ws_col == 101 ? 0 : -1;
  };
  EXPECT_EQ(error_in_child(true, resize), 0);
  EXPECT_EQ(
      error_in_child(true, [](int terminal) { return ::tcsetpgrp(terminal, ::getpid()); }), 0);
}

TEST(DenyTyping, HoldsForWhateverIsStarted) {
  EXPECT_EQ(error_in_child(true,
                           [](int terminal) -> long {
                             const pid_t child = ::fork();
                             if (child == 0) ::_exit(type_a_letter(terminal) == 0 ? 0 : errno);
                             int status = 0;
                             ::waitpid(child, &status, 0);
                             errno = WEXITSTATUS(status);
                             return errno == 0 ? 0 : -1;
                           }),
            EPERM);
}

}  // namespace
}  // namespace hythe
