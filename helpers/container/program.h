// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/unique_fd.h"

namespace hythe::container {

/// A program of the host's at work as root: an absolute path, fixed arguments, a built
/// environment, and on its stdin text that was made of validated types. What it says is kept
/// in memory. Destroying a running one waits for it.
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

  /// Whether it exited with 0.
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
