// SPDX-License-Identifier: Apache-2.0
#include "cli/one_off_relay.h"

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sysexits.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <string>

#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/terminal/terminal.h"
#include "lib/terminal/terminal_messages.h"

namespace hythe {
namespace {

int exit_code(Helper& helper) {
  const ExitStatus status = helper.child().wait();
  helper.leave();
  return status.signal != 0 ? 128 + status.signal : status.code;
}

/// What the command is to read, and has not yet taken.
class Input {
 public:
  explicit Input(Helper& helper) : helper_(helper) { set_nonblocking(helper.input()); }

  [[nodiscard]] bool is_wanted() const { return is_open_ && bytes_.empty(); }
  [[nodiscard]] pollfd target() const {
    return {.fd = bytes_.empty() ? -1 : helper_.input(), .events = POLLOUT, .revents = 0};
  }
  void add(std::string_view bytes) {
    if (is_open_) bytes_.append(bytes);
  }
  /// Nothing more will come; what there is is still written.
  void finish() {
    is_open_ = false;
    if (bytes_.empty()) helper_.close_input();
  }
  void write_some() {
    const ssize_t written = ::write(helper_.input(), bytes_.data(), bytes_.size());
    if (written > 0) bytes_.erase(0, static_cast<std::size_t>(written));
    if (written < 0 && errno != EAGAIN && errno != EINTR) {  // it does not read any more
      bytes_.clear();
      is_open_ = false;
    }
    if (!is_open_ && bytes_.empty()) helper_.close_input();
  }

 private:
  Helper& helper_;
  std::string bytes_{};
  bool is_open_ = true;
};

/// Signals that would end us with the terminal as it is, and those that tell of its size.
UniqueFd hold_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int number : {SIGWINCH, SIGHUP, SIGINT, SIGQUIT, SIGTERM}) sigaddset(&set, number);
  ::sigprocmask(SIG_BLOCK, &set, nullptr);
  UniqueFd signals(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!signals) throw SystemError(errno, "wait for signals");
  return signals;
}

/// The number of the signal that ends us, if one does; else what has come is told to the
/// container.
std::optional<int> take_signals(const UniqueFd& signals, Input& input) {
  signalfd_siginfo info = {};
  while (::read(signals.get(), &info, sizeof info) == sizeof info) {
    if (info.ssi_signo != SIGWINCH) return static_cast<int>(info.ssi_signo);
    input.add(size_message(terminal_size()));
  }
  return std::nullopt;
}

/// False at the end of what is typed, and when the terminal is gone.
bool type(Input& input) {
  char keys[4096];
  const ssize_t n = ::read(STDIN_FILENO, keys, sizeof keys);
  if (n > 0) input.add(typed_message({keys, static_cast<std::size_t>(n)}));
  return n > 0 || (n < 0 && (errno == EINTR || errno == EAGAIN));
}

/// Whether the terminal took it.
bool show(std::string_view bytes) {
  try {
    write_all(STDOUT_FILENO, bytes);
    return true;
  } catch (const SystemError&) {
    return false;
  }
}

/// The container has closed its output (nullopt), or the exit code that ends us before. What is
/// said beside the terminal, by root, goes into `messages`.
std::optional<int> relay_raw(Helper& helper, std::string_view output, const UniqueFd& signals,
                             std::string& messages) {
  const RawTerminal raw;
  Input input(helper);
  // The window may have changed since its size was asked for.
  input.add(size_message(terminal_size()));
  if (!show(output)) return EX_IOERR;
  bool is_open[] = {true, true};
  while (is_open[0] || is_open[1]) {
    pollfd fds[] = {
        {.fd = input.is_wanted() ? STDIN_FILENO : -1, .events = POLLIN, .revents = 0},
        input.target(),
        {.fd = is_open[0] ? helper.answers() : -1, .events = POLLIN, .revents = 0},
        {.fd = is_open[1] ? helper.messages() : -1, .events = POLLIN, .revents = 0},
        {.fd = signals.get(), .events = POLLIN, .revents = 0}};
    if (::poll(fds, std::size(fds), -1) < 0 && errno != EINTR) throw SystemError(errno, "poll");
    if (fds[4].revents != 0)
      if (const auto number = take_signals(signals, input)) return 128 + *number;
    if (fds[0].revents != 0 && !type(input)) return EX_IOERR;
    if (fds[1].revents != 0) input.write_some();
    std::string shown;
    if (fds[2].revents != 0) is_open[0] = read_some(fds[2].fd, shown);
    if (!show(shown)) return EX_IOERR;
    if (fds[3].revents != 0) is_open[1] = read_some(fds[3].fd, messages);
  }
  return std::nullopt;
}

}  // namespace

int relay_pipes(Helper& helper, std::string_view output) {
  Input input(helper);
  write_all(STDOUT_FILENO, output);
  bool is_open[] = {true, true};
  while (is_open[0] || is_open[1]) {
    pollfd fds[] = {
        {.fd = input.is_wanted() ? STDIN_FILENO : -1, .events = POLLIN, .revents = 0},
        input.target(),
        {.fd = is_open[0] ? helper.answers() : -1, .events = POLLIN, .revents = 0},
        {.fd = is_open[1] ? helper.messages() : -1, .events = POLLIN, .revents = 0},
        {.fd = STDOUT_FILENO, .events = 0, .revents = 0}};
    if (::poll(fds, std::size(fds), -1) < 0 && errno != EINTR) throw SystemError(errno, "poll");
    if ((fds[4].revents & (POLLERR | POLLHUP)) != 0) {  // nobody reads us any more
      helper.leave();
      return EX_IOERR;
    }
    if (fds[0].revents != 0) {
      std::string bytes;
      const bool has_more = read_some(STDIN_FILENO, bytes);
      input.add(bytes);
      if (!has_more) input.finish();
    }
    if (fds[1].revents != 0) input.write_some();
    for (int i = 0; i < 2; ++i) {
      std::string bytes;
      if (fds[2 + i].revents != 0) is_open[i] = read_some(fds[2 + i].fd, bytes);
      write_all(i == 0 ? STDOUT_FILENO : STDERR_FILENO, bytes);
    }
  }
  return exit_code(helper);
}

int relay_terminal(Helper& helper, std::string_view output) {
  const UniqueFd signals = hold_signals();
  std::string messages;
  const auto early = relay_raw(helper, output, signals, messages);
  // The terminal is what it was.
  write_all(STDERR_FILENO, messages);
  if (!early) return exit_code(helper);
  helper.leave();
  return *early;
}

}  // namespace hythe
