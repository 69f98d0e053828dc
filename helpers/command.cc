// SPDX-License-Identifier: Apache-2.0
#include "helpers/command.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "core/unique_fd.h"
#include "helpers/die.h"

namespace hythe::root {
namespace {

/// A command that does not read its input is no reason to die.
class WithoutSigpipe {
 public:
  WithoutSigpipe() noexcept {
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    ::sigaction(SIGPIPE, &ignore, &before_);
  }
  WithoutSigpipe(const WithoutSigpipe&) = delete;
  WithoutSigpipe& operator=(const WithoutSigpipe&) = delete;
  ~WithoutSigpipe() { ::sigaction(SIGPIPE, &before_, nullptr); }

 private:
  struct sigaction before_ {};
};

struct Pipe {
  UniqueFd read;
  UniqueFd write;
};

Pipe make_pipe() noexcept {
  int fds[2] = {-1, -1};
  if (::pipe2(fds, O_CLOEXEC) != 0) die_errno("make a pipe");
  return {UniqueFd(fds[0]), UniqueFd(fds[1])};
}

/// In the child: only async-signal-safe calls, and never a return.
[[noreturn]] void become_command(const char* const* argv, int input, int errors,
                                 Stdout out) noexcept {
  ::setpgid(0, 0);
  ::umask(022);  // a log or pid file that a program of the host makes is as usual
  const int null = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  struct sigaction ordinary {};
  ordinary.sa_handler = SIG_DFL;
  for (const int ours : {SIGPIPE, SIGALRM, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP})
    ::sigaction(ours, &ordinary, nullptr);
  // The three below are at least 3 (0 to 2 are always open), so none overwrites another.
  if (null < 0 || ::dup2(input, STDIN_FILENO) < 0 ||
      ::dup2(out == Stdout::told ? errors : null, STDOUT_FILENO) < 0 ||
      ::dup2(errors, STDERR_FILENO) < 0 ||
      ::close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC) != 0)
    ::_exit(127);
  ::execve(argv[0], const_cast<char* const*>(argv), ::environ);
  ::_exit(127);
}

/// Feeds and drains a command until it ends or time is up; true when it ended.
class Conversation {
 public:
  Conversation(UniqueFd input, UniqueFd errors, std::string_view text, Text& said) noexcept
      : input_(std::move(input)), errors_(std::move(errors)), text_(text), said_(said) {
    ::fcntl(input_.get(), F_SETFL, O_NONBLOCK);
    ::fcntl(errors_.get(), F_SETFL, O_NONBLOCK);
    if (text_.empty()) input_.reset();
  }

  bool hold(int pidfd, Deadline deadline) noexcept {
    for (;;) {
      pollfd events[] = {{pidfd, POLLIN, 0},
                         {errors_.get(), POLLIN, 0},  // a negative number is skipped
                         {input_.get(), POLLOUT, 0}};
      const int ready = ::poll(events, 3, deadline.remaining_ms());
      if (ready < 0 && errno != EINTR) die_errno("wait for a command");
      if (ready <= 0) {
        if (deadline.has_passed()) return false;
        continue;
      }
      if (events[1].revents != 0) listen();
      if (events[2].revents != 0) speak();
      if (events[0].revents != 0) {
        listen();  // what it wrote before it ended; a descendant's pipe is not waited for
        return true;
      }
    }
  }

 private:
  void listen() noexcept {
    char bytes[1024];
    while (errors_) {
      const ssize_t got = ::read(errors_.get(), bytes, sizeof bytes);
      if (got < 0) {
        if (errno != EAGAIN && errno != EINTR) errors_.reset();
        return;
      }
      if (got == 0) return errors_.reset();
      const auto length = static_cast<std::size_t>(got);
      said_.add(std::string_view(bytes, length < said_.room() ? length : said_.room()));
    }
  }
  void speak() noexcept {
    const ssize_t written = ::write(input_.get(), text_.data(), text_.size());
    if (written < 0) {
      if (errno != EAGAIN && errno != EINTR) input_.reset();  // it does not want the rest
      return;
    }
    text_.remove_prefix(static_cast<std::size_t>(written));
    if (text_.empty()) input_.reset();
  }

  UniqueFd input_;
  UniqueFd errors_;
  std::string_view text_;
  Text& said_;
};

}  // namespace

CommandResult run_command(const char* const* argv, std::string_view input, Text& said,
                          Deadline deadline, Stdout out) noexcept {
  const WithoutSigpipe without_sigpipe;
  Pipe in = make_pipe();
  Pipe err = make_pipe();
  const pid_t pid = ::fork();
  if (pid < 0) die_errno("make a process");
  if (pid == 0) become_command(argv, in.read.get(), err.write.get(), out);
  ::setpgid(pid, pid);  // whoever comes first: the group exists before it is ever killed
  in.read.reset();
  err.write.reset();

  const UniqueFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  bool ended = false;
  if (pidfd) {
    Conversation conversation(std::move(in.write), std::move(err.read), input, said);
    ended = conversation.hold(pidfd.get(), deadline);
  }
  // Its number cannot be reused before it is reaped below, so the group is still its own.
  ::kill(-pid, SIGKILL);
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0)
    if (errno != EINTR) die_errno("wait for a command");
  if (!ended) return {CommandResult::End::timed_out, 0};
  if (WIFSIGNALED(status)) return {CommandResult::End::signalled, WTERMSIG(status)};
  return {CommandResult::End::exited, WEXITSTATUS(status)};
}

}  // namespace hythe::root
