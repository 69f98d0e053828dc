// SPDX-License-Identifier: Apache-2.0
#include "model/log_follower.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "lib/descriptors.h"
#include "lib/errors.h"

namespace hythe {

LogFollower::LogFollower(const std::string& log_path, int out_fd, Colours colours)
    : log_(open_file(log_path, O_RDONLY)),
      inotify_(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)),
      out_(out_fd),
      colours_(colours) {
  // The directory, not the file: a record that is renamed into place is an event as well.
  const std::string directory = log_path.substr(0, log_path.rfind('/'));
  if (inotify_ &&
      ::inotify_add_watch(inotify_.get(), directory.c_str(), IN_MODIFY | IN_MOVED_TO) < 0)
    throw SystemError(errno, "watch '", directory, "'");
}

bool LogFollower::copy() {
  std::string events;  // that there were some is all they say
  if (inotify_) (void)read_some(inotify_.get(), events);
  for (;;) {
    if (pending_.empty()) {
      if (!read_some(log_.get(), pending_)) {
        has_more_ = false;
        return true;
      }
      if (colours_ == Colours::dropped) pending_ = remover_.remove_from(pending_);
      if (pending_.empty()) continue;
    }
    if (left_ == 0) {
      is_cut_ = true;
      pending_.clear();
      continue;
    }
    // A pipe that is writable takes PIPE_BUF bytes without blocking (pipe(7)).
    pollfd writable{.fd = out_, .events = POLLOUT, .revents = 0};
    has_more_ = true;
    if (::poll(&writable, 1, 0) == 0) return true;
    if ((writable.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0) return false;
    const std::uint64_t share = std::min<std::uint64_t>({pending_.size(), PIPE_BUF, left_});
    const ssize_t written = ::write(out_, pending_.data(), share);
    if (written < 0 && errno != EINTR && errno != EAGAIN) return false;
    if (written <= 0) continue;
    pending_.erase(0, static_cast<std::size_t>(written));
    left_ -= static_cast<std::uint64_t>(written);
  }
}

}  // namespace hythe
