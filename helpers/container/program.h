// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/unique_fd.h"
#include "helpers/deadline.h"

namespace hythe::container {

/// Waits for a child of this process, which is killed when it has not ended by then. Its
/// status as waitpid(2) gives it; -1 when it had to be killed.
[[nodiscard]] int wait_for_child(pid_t child, root::Deadline deadline);

/// A program of the host's at work as root: an absolute path, fixed arguments, a built
/// environment, and on its stdin text that was made of validated types. What it says is kept
/// in memory. Destroying a running one waits for it.
///
/// Unlike helpers/command.h it is not waited for at once, and may run in another network
/// namespace: two of them and crun are what starting a container consists of.
class Program {
 public:
  /// `network`, if not -1, is the network namespace to run in. nullopt, with a complaint,
  /// when there is no such program.
  [[nodiscard]] static std::optional<Program> start(const char* const* argv,
                                                    std::string_view input, int network = -1);
  Program(Program&& other) noexcept
      : pid_(std::exchange(other.pid_, -1)),
        is_success_(other.is_success_),
        output_(std::move(other.output_)) {}
  Program& operator=(Program&& other) noexcept {
    std::swap(pid_, other.pid_);
    std::swap(is_success_, other.is_success_);
    std::swap(output_, other.output_);
    return *this;
  }
  ~Program() { (void)wait(); }

  /// Whether it exited with 0. One that takes longer than any of ours ever does is killed.
  [[nodiscard]] bool wait();
  /// What it wrote to stdout and stderr.
  [[nodiscard]] std::string output() const;

 private:
  Program(pid_t pid, UniqueFd output) noexcept : pid_(pid), output_(std::move(output)) {}
  pid_t pid_;  // -1 once waited for
  bool is_success_ = false;
  UniqueFd output_;
};

}  // namespace hythe::container
