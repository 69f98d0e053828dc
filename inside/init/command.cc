// SPDX-License-Identifier: Apache-2.0
#include "inside/init/command.h"

#include <signal.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "core/paths.h"
#include "inside/init/die.h"

namespace hythe::init {
namespace {

/// Pointers to NUL-terminated words, as execve(2) wants them. Static, so that nothing is
/// allocated: pages that are not touched cost nothing.
class Pointers {
 public:
  [[nodiscard]] char** to(std::string_view words) noexcept {
    std::size_t count = 0;
    while (!words.empty() && count < ContainerSpec::kMaxWords) {
      // execve(2) takes char* for historical reasons and changes nothing.
      pointers_[count++] = const_cast<char*>(words.data());
      words.remove_prefix(words.find('\0') + 1);
    }
    pointers_[count] = nullptr;
    return pointers_;
  }

 private:
  char* pointers_[ContainerSpec::kMaxWords + 1];
};

Pointers arguments;
Pointers variables;

/// A session of its own, with the terminal when there is one: job control then works in a
/// shell, and ^C reaches the command and not PID 1.
void start_session() noexcept {
  ::setsid();
  if (::isatty(STDIN_FILENO) == 1) ::ioctl(STDIN_FILENO, TIOCSCTTY, 0);
}

/// As after a boot. A shell cannot undo that a signal was ignored when it began, and whoever
/// started us from the background had SIGINT ignored.
void reset_signals() noexcept {
  // By the kernel's own call: the C library's does not touch the two that it uses itself, and
  // those may have been ignored as well. All zeros is the default, and an empty mask.
  constexpr std::size_t kMaskSize = 8;
  constexpr unsigned long kDefault[8] = {};
  for (int signal = 1; signal < NSIG; ++signal)
    ::syscall(SYS_rt_sigaction, signal, kDefault, nullptr, kMaskSize);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

/// execve(2) takes arguments and environment up to a quarter of the stack's soft limit, 2 MiB
/// by default. Whoever has more needs the limit for his own children as well.
bool make_room_for_big_environment() noexcept {
  constexpr rlim_t kStack = 24U << 20U;  // then it takes 6 MiB, its maximum
  rlimit limit = {};
  if (::getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur >= kStack) return false;
  if (limit.rlim_max < kStack) return false;
  limit.rlim_cur = kStack;
  return ::setrlimit(RLIMIT_STACK, &limit) == 0;
}

}  // namespace

void become_command(const ContainerSpec& spec) noexcept {
  start_session();
  reset_signals();
  if (::chdir(paths::inside::kApp) != 0 && ::chdir("/") != 0) die_errno("enter", "/");

  char** argv = arguments.to(spec.argv);
  environ = variables.to(spec.environment);  // whose PATH is searched, too
  ::execvpe(argv[0], argv, environ);
  if (errno == E2BIG && make_room_for_big_environment()) ::execvpe(argv[0], argv, environ);
  die_errno("run", argv[0], errno == ENOENT || errno == ENOTDIR ? kNotFound : kCannotRun);
}

}  // namespace hythe::init
