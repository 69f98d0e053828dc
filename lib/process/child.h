// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/unique_fd.h"

namespace hythe {

/// How a process ended.
struct ExitStatus {
  int code = 0;    // when signal is 0
  int signal = 0;  // 0 unless a signal ended it

  [[nodiscard]] bool is_success() const { return code == 0 && signal == 0; }
  /// "exited with code 3", "was killed by SIGKILL"
  [[nodiscard]] std::string describe() const;
};

/// What to run. argv[0] is an absolute path; the environment is exactly what is given.
struct Command {
  std::vector<std::string> argv;
  std::vector<std::string> environment = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin",
                                          "LC_ALL=C.UTF-8"};
  /// Descriptors for the child's 0, 1 and 2; -1 is /dev/null.
  int stdin_fd = -1;
  int stdout_fd = -1;
  int stderr_fd = -1;
};

/// A process of ours, held by pidfd, so that a recycled pid is never signalled. It only
/// waits: helpers run as root and cannot be signalled by us; they end when the pipes they
/// were given are closed (core/helper_contract.h). The destructor therefore reaps a child
/// that has ended, and leaves one that has not.
class Child {
 public:
  [[nodiscard]] static Child start(const Command& command);
  Child(Child&&) = default;
  Child& operator=(Child&&) = default;
  ~Child();

  /// False once it was waited for, or moved from.
  [[nodiscard]] bool is_ours() const { return static_cast<bool>(pidfd_); }
  void signal(int number) const;
  /// Waits for as long as it takes.
  [[nodiscard]] ExitStatus wait();
  /// nullopt when it has not ended within `timeout_ms`.
  [[nodiscard]] std::optional<ExitStatus> wait_for(int timeout_ms);

 private:
  explicit Child(UniqueFd pidfd) : pidfd_(std::move(pidfd)) {}
  UniqueFd pidfd_;  // empty once waited for
};

/// Runs a program to its end; how it ended, and all that it has said on stdout.
[[nodiscard]] std::pair<ExitStatus, std::string> run_to_end(Command command);
/// Likewise, and what it has said on stderr in between.
[[nodiscard]] std::pair<ExitStatus, std::string> run_to_end_with_complaints(Command command);

}  // namespace hythe
