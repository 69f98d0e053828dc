// SPDX-License-Identifier: Apache-2.0
#include "lib/process/child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "lib/descriptors.h"
#include "lib/errors.h"

namespace hythe {
namespace {

std::vector<char*> pointers(const std::vector<std::string>& words) {
  std::vector<char*> out;
  out.reserve(words.size() + 1);
  // execve(2) takes char* for historical reasons and changes nothing.
  for (const std::string& word : words) out.push_back(const_cast<char*>(word.c_str()));
  out.push_back(nullptr);
  return out;
}

ExitStatus reap(int pidfd) {
  siginfo_t info = {};
  while (::waitid(P_PIDFD, static_cast<id_t>(pidfd), &info, WEXITED) != 0)
    if (errno != EINTR) throw SystemError(errno, "wait for a process");
  if (info.si_code == CLD_EXITED) return {.code = info.si_status};
  return {.signal = info.si_status};
}

/// Between fork and exec: only what is safe there.
[[noreturn]] void become(const int (&stdio)[3], char* const* argv, char* const* environment) {
  for (int fd = 0; fd < 3; ++fd) {
    const int source = stdio[fd];
    // dup2 onto itself would keep O_CLOEXEC.
    if (source == fd ? ::fcntl(fd, F_SETFD, 0) < 0 : ::dup2(source, fd) < 0) ::_exit(127);
  }
  ::signal(SIGPIPE, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::execve(argv[0], argv, environment);
  ::_exit(127);
}

}  // namespace

std::string ExitStatus::describe() const {
  if (signal == 0) return concat("exited with code ", code);
  const char* name = ::sigabbrev_np(signal);
  return name != nullptr ? concat("was killed by SIG", name)
                         : concat("was killed by signal ", signal);
}

Child Child::start(const Command& command) {
  const UniqueFd null = open_file("/dev/null", O_RDWR);
  // Descriptors below 3 would be overwritten while they are still needed as sources.
  const auto above_stdio = [&null](int fd) {
    UniqueFd copy(::fcntl(fd < 0 ? null.get() : fd, F_DUPFD_CLOEXEC, 3));
    if (!copy) throw SystemError(errno, "duplicate a descriptor");
    return copy;
  };
  const UniqueFd sources[3] = {above_stdio(command.stdin_fd), above_stdio(command.stdout_fd),
                               above_stdio(command.stderr_fd)};
  const int stdio[3] = {sources[0].get(), sources[1].get(), sources[2].get()};
  const auto argv = pointers(command.argv);
  const auto environment = pointers(command.environment);

  const pid_t pid = ::fork();
  if (pid < 0) throw SystemError(errno, "fork for '", command.argv[0], "'");
  if (pid == 0) become(stdio, argv.data(), environment.data());
  // The child is ours and not yet waited for, so its pid cannot have been recycled.
  UniqueFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  if (!pidfd) throw SystemError(errno, "open a pidfd");
  ::fcntl(pidfd.get(), F_SETFD, FD_CLOEXEC);
  return Child(std::move(pidfd));
}

Child::~Child() {
  if (!pidfd_) return;
  siginfo_t info = {};
  ::waitid(P_PIDFD, static_cast<id_t>(pidfd_.get()), &info, WEXITED | WNOHANG);
}

void Child::signal(int number) const {
  if (::syscall(SYS_pidfd_send_signal, pidfd_.get(), number, nullptr, 0) != 0 && errno != ESRCH)
    throw SystemError(errno, "signal a process");
}

ExitStatus Child::wait() {
  const ExitStatus status = reap(pidfd_.get());
  pidfd_.reset();
  return status;
}

std::optional<ExitStatus> Child::wait_for(int timeout_ms) {
  pollfd ended{.fd = pidfd_.get(), .events = POLLIN, .revents = 0};
  if (::poll(&ended, 1, timeout_ms) <= 0) return std::nullopt;
  return wait();
}

namespace {

/// `output` is where it speaks.
std::pair<ExitStatus, std::string> hear(const Command& command, Pipe output) {
  Child child = Child::start(command);
  output.write.reset();
  std::string said;
  while (read_some(output.read.get(), said)) {
  }
  return {child.wait(), said};
}

}  // namespace

std::pair<ExitStatus, std::string> run_to_end(Command command) {
  Pipe output = Pipe::make();
  command.stdout_fd = output.write.get();
  return hear(command, std::move(output));
}

std::pair<ExitStatus, std::string> run_to_end_with_complaints(Command command) {
  Pipe output = Pipe::make();
  command.stdout_fd = command.stderr_fd = output.write.get();
  return hear(command, std::move(output));
}

}  // namespace hythe
