// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/program.h"

#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "helpers/container/complain.h"
#include "helpers/container/file.h"

namespace hythe::container {
namespace {

constexpr std::size_t kMaxOutput = 1U << 20U;
constexpr int kPatienceMs = 30'000;

/// Between fork and exec. The environment is the two variables that every program of the
/// host gets, whatever is in ours.
[[noreturn]] void become(const char* const* argv, int input, int output, int network) {
  static const char* const kEnvironment[] = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C",
                                             nullptr};
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  if (network >= 0 && ::setns(network, CLONE_NEWNET) != 0) ::_exit(126);
  if (::dup2(input, STDIN_FILENO) < 0 || ::dup2(output, STDOUT_FILENO) < 0 ||
      ::dup2(output, STDERR_FILENO) < 0)
    ::_exit(126);
  // execve(2) takes char* for historical reasons and changes nothing.
  ::execve(argv[0], const_cast<char* const*>(argv), const_cast<char* const*>(kEnvironment));
  ::_exit(127);
}

}  // namespace

std::optional<Program> Program::start(const char* const* argv, std::string_view input,
                                      int network) {
  // In memory rather than pipes: neither side can wait for the other.
  const UniqueFd in(::memfd_create("input", MFD_CLOEXEC));
  UniqueFd out(::memfd_create("output", MFD_CLOEXEC));
  if (!in || !out || !write_all(in.get(), input) || ::lseek(in.get(), 0, SEEK_SET) != 0) {
    complain_errno("prepare to run '", argv[0], "'");
    return std::nullopt;
  }
  const pid_t pid = ::fork();
  if (pid < 0) {
    complain_errno("fork for '", argv[0], "'");
    return std::nullopt;
  }
  if (pid == 0) become(argv, in.get(), out.get(), network);
  return Program(pid, std::move(out));
}

bool Program::wait() {
  if (pid_ < 0) return is_success_;
  is_success_ = wait_for_child(pid_, root::Deadline::in_ms(kPatienceMs)) == 0;
  pid_ = -1;
  return is_success_;
}

int wait_for_child(pid_t child, root::Deadline deadline) {
  // Not yet waited for, so the number is still its own.
  const UniqueFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, child, 0U)));
  struct pollfd end = {.fd = pidfd.get(), .events = POLLIN, .revents = 0};
  while (pidfd && ::poll(&end, 1, deadline.remaining_ms()) != 1 && !deadline.has_passed()) {
  }
  const bool has_ended = (end.revents & POLLIN) != 0;
  if (!has_ended) ::kill(child, SIGKILL);
  int status = 0;
  pid_t ended = 0;
  do ended = ::waitpid(child, &status, 0);
  while (ended < 0 && errno == EINTR);
  return ended == child && has_ended ? status : -1;
}

std::string Program::output() const {
  if (::lseek(output_.get(), 0, SEEK_SET) != 0) return {};
  return read_all(output_.get(), kMaxOutput).value_or("");
}

}  // namespace hythe::container
