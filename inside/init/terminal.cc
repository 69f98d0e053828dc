// SPDX-License-Identifier: Apache-2.0
#include "inside/init/terminal.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <cerrno>
#include <iterator>

#include "inside/init/die.h"

namespace hythe::init {
namespace {

constexpr const char* kMultiplexer = "/dev/ptmx";

void resize(int terminal, TerminalSize size) noexcept {
  const winsize window = {size.rows, size.columns, 0, 0};
  // Tells the foreground with SIGWINCH.
  ::ioctl(terminal, TIOCSWINSZ, &window);
}

}  // namespace

long Terminal::Buffer::fill(int fd) noexcept {
  clear();
  const ssize_t n = ::read(fd, bytes_, sizeof bytes_);
  if (n > 0) end_ = static_cast<std::size_t>(n);
  return n;
}

bool Terminal::Buffer::drain(int fd) noexcept {
  const ssize_t n = ::write(fd, bytes_ + begin_, end_ - begin_);
  if (n > 0) begin_ += static_cast<std::size_t>(n);
  return n >= 0 || errno == EAGAIN || errno == EINTR;
}

Terminal Terminal::open(TerminalSize size, const sigset_t& signals) noexcept {
  UniqueFd outer(::open(kMultiplexer, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC));
  if (!outer) die_errno("open", kMultiplexer);
  if (::unlockpt(outer.get()) != 0) die_errno("unlock", kMultiplexer);
  // By the pair itself, and not by a name.
  UniqueFd inner(::ioctl(outer.get(), TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC));
  if (!inner) die_errno("open the terminal of", kMultiplexer);
  UniqueFd pending(::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!pending) die_errno("wait for signals with", kMultiplexer);
  resize(outer.get(), size);
  return {std::move(outer), std::move(inner), std::move(pending)};
}

void Terminal::become_stdio() const noexcept {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(inner_.get(), fd);
}

void Terminal::serve_until_signal() noexcept {
  for (;;) {
    const bool is_connected = static_cast<bool>(outer_);
    const auto wants_outer = static_cast<short>((typed_.is_empty() ? 0 : POLLOUT) |
                                                (shown_.is_empty() ? POLLIN : 0));
    const short wants_out = shown_.is_empty() ? short{0} : short{POLLOUT};
    pollfd events[] = {
        {.fd = signals_.get(), .events = POLLIN, .revents = 0},
        {.fd = is_connected && typed_.is_empty() ? STDIN_FILENO : -1,
         .events = POLLIN,
         .revents = 0},
        {.fd = outer_.get(), .events = wants_outer, .revents = 0},
        {.fd = is_connected ? STDOUT_FILENO : -1, .events = wants_out, .revents = 0}};
    if (::poll(events, std::size(events), -1) < 0) continue;
    bool is_fine = (events[3].revents & POLLERR) == 0;
    if ((events[3].revents & POLLOUT) != 0) is_fine = is_fine && shown_.drain(STDOUT_FILENO);
    if ((events[2].revents & POLLIN) != 0 && shown_.is_empty() && shown_.fill(outer_.get()) < 0)
      is_fine = is_fine && (errno == EAGAIN || errno == EINTR);
    if ((events[2].revents & POLLOUT) != 0 && !typed_.is_empty())
      is_fine = typed_.drain(outer_.get()) && is_fine;
    if (events[1].revents != 0) read_input();
    if (!is_fine) hang_up();
    if (events[0].revents != 0) return;
  }
}

void Terminal::finish() noexcept {
  while (outer_) {
    if (shown_.is_empty() && shown_.fill(outer_.get()) <= 0) return;
    pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT, .revents = 0};
    if (::poll(&out, 1, -1) < 0) continue;
    if ((out.revents & POLLERR) != 0 || !shown_.drain(STDOUT_FILENO)) return;
  }
}

void Terminal::read_input() noexcept {
  Buffer received;
  if (received.fill(STDIN_FILENO) <= 0) return hang_up();
  typed_.clear();
  for (const char byte : received.view()) {
    const TerminalInput::Event event = input_.take(static_cast<unsigned char>(byte));
    if (event.typed) typed_.push(*event.typed);
    if (event.resized) resize(outer_.get(), *event.resized);
  }
}

void Terminal::hang_up() noexcept {
  inner_.reset();
  outer_.reset();
  typed_.clear();
  shown_.clear();
}

}  // namespace hythe::init
