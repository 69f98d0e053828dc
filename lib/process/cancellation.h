// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <poll.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/unique_fd.h"
#include "lib/clock.h"
#include "lib/process/beacon.h"
#include "lib/process/cancelled.h"

namespace hythe {

/// Whether a deployment is still wanted. It is, until one of the watched descriptors becomes
/// readable or hangs up: the pipe that the reader of the log holds, the pidfd of
/// receive-pack, the beacon at which `hythe cancel` calls. Every wait of the pipeline goes
/// through here, so that none outlasts it.
class Cancellation {
 public:
  Cancellation();

  /// Watches a duplicate of `fd`, which the caller may close: that it becomes readable, or
  /// only that its other end is closed.
  void watch(int fd);
  void watch_hang_up(int fd);
  /// Whoever calls there cancels, and says who they are.
  void listen_at(Beacon beacon);
  /// From now on nothing cancels, and the beacon is out: traffic has moved.
  void disarm();

  /// Of one that was cancelled: "cancelled by alice".
  [[nodiscard]] std::string reason() const;

  /// Readable when cancelled; for poll(2).
  [[nodiscard]] int fd() const { return epoll_.get(); }
  void throw_if_cancelled() const;
  /// poll(2) over `fds` until one of them is ready (true) or the deadline has passed
  /// (false). Throws Cancelled.
  [[nodiscard]] bool wait(std::span<pollfd> fds, const Deadline& deadline) const;

 private:
  void add(int fd, std::uint32_t events);
  UniqueFd epoll_;
  std::vector<UniqueFd> watched_;
  std::optional<Beacon> beacon_;
};

}  // namespace hythe
