// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <array>
#include <cstddef>
#include <optional>

#include "core/unique_fd.h"
#include "helpers/deadline.h"
#include "helpers/text.h"

namespace hythe::route_helper {

/// The running nginx, held by descriptor: a recycled pid is never signalled.
class NginxMaster {
 public:
  /// The process that /run/nginx.pid names, if it is root's and runs /usr/sbin/nginx.
  [[nodiscard]] static std::optional<NginxMaster> find() noexcept;

  /// Asks it to read its configuration anew; false when it is gone. It answers to nobody:
  /// whether it did is seen on its socket and by its old workers.
  [[nodiscard]] bool reload() const noexcept;
  [[nodiscard]] pid_t pid() const noexcept { return pid_; }

 private:
  NginxMaster(pid_t pid, UniqueFd pidfd) noexcept : pid_(pid), pidfd_(std::move(pidfd)) {}
  pid_t pid_;
  UniqueFd pidfd_;
};

/// The workers that serve by the present configuration.
class NginxWorkers {
 public:
  static constexpr std::size_t kMost = 512;  // of more than this many the rest is not watched

  [[nodiscard]] static NginxWorkers of(const NginxMaster& master) noexcept;
  /// Waits until each of them is gone or says that it is shutting down, which it says before
  /// it closes its listening sockets; false at the deadline.
  [[nodiscard]] bool have_left(root::Deadline deadline) const noexcept;

 private:
  struct Worker {
    pid_t pid = 0;
    UniqueFd pidfd;
  };
  std::array<Worker, kMost> workers_{};
  std::size_t count_ = 0;
};

/// Lets nginx judge the configuration on disk; `said` is all that it says (nginx_said.h).
[[nodiscard]] bool test_nginx_configuration(root::Text& said) noexcept;

}  // namespace hythe::route_helper
