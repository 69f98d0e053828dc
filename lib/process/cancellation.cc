// SPDX-License-Identifier: Apache-2.0
#include "lib/process/cancellation.h"

#include <fcntl.h>
#include <sys/epoll.h>

#include <cerrno>

#include "lib/errors.h"
#include "lib/printable.h"

namespace hythe {

Cancellation::Cancellation() {
  disarm();
}

void Cancellation::disarm() {
  // An epoll instance is itself pollable; an empty one is never ready.
  epoll_.reset(::epoll_create1(EPOLL_CLOEXEC));
  if (!epoll_) throw SystemError(errno, "create an epoll instance");
  watched_.clear();
  if (beacon_) beacon_->put_out();
}

void Cancellation::listen_at(Beacon beacon) {
  watch(beacon.fd());
  beacon_.emplace(std::move(beacon));
}

std::string Cancellation::reason() const {
  constexpr std::size_t kLongestName = 64;
  const std::string who = beacon_ ? beacon_->heard() : "";
  if (who.empty()) return "cancelled: whoever asked for it went away";
  return concat("cancelled by ", printable(who.substr(0, who.find('\n')), kLongestName));
}

void Cancellation::watch(int fd) {
  add(fd, EPOLLIN);
}

// EPOLLHUP is always reported, whatever is asked for (epoll_ctl(2)).
void Cancellation::watch_hang_up(int fd) {
  add(fd, 0);
}

void Cancellation::add(int fd, std::uint32_t events) {
  // The registration follows the open file, which must live as long as it: a duplicate sees
  // to that.
  UniqueFd copy(::fcntl(fd, F_DUPFD_CLOEXEC, 3));
  epoll_event event{.events = events, .data = {.fd = copy.get()}};
  if (!copy || ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, copy.get(), &event) != 0)
    throw SystemError(errno, "watch for a cancellation");
  watched_.push_back(std::move(copy));
}

void Cancellation::throw_if_cancelled() const {
  pollfd cancelled{.fd = fd(), .events = POLLIN, .revents = 0};
  if (::poll(&cancelled, 1, 0) > 0) throw Cancelled();
}

bool Cancellation::wait(std::span<pollfd> fds, const Deadline& deadline) const {
  std::vector<pollfd> all(fds.begin(), fds.end());
  all.push_back({.fd = fd(), .events = POLLIN, .revents = 0});
  int ready = 0;
  do {
    ready = ::poll(all.data(), all.size(), deadline.left_ms());
  } while (ready < 0 && errno == EINTR);
  if (ready < 0) throw SystemError(errno, "poll");
  if (all.back().revents != 0) throw Cancelled();
  for (std::size_t i = 0; i < fds.size(); ++i) fds[i].revents = all[i].revents;
  return ready > 0;
}

}  // namespace hythe
