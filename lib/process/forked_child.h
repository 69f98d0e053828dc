// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

namespace hythe {

/// A child that was forked without another program (fork(2)), and is nobody else's to wait for.
class ForkedChild {
 public:
  explicit ForkedChild(pid_t pid) noexcept : pid_(pid) {}
  ForkedChild(const ForkedChild&) = delete;
  ForkedChild& operator=(const ForkedChild&) = delete;
  /// Kills it, unless it was waited for.
  ~ForkedChild();

  /// Waits for as long as it takes; how it ended, as waitpid(2) has it.
  int wait() noexcept;

 private:
  pid_t pid_;  // -1 once waited for
};

}  // namespace hythe
