// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <stdexcept>
#include <string>

namespace hythe::builder {

/// The source or its buildpack is at fault. The message is for whoever pushed, and may have
/// several lines; `code` is how the program that failed has ended, if there was one.
class BuildFailure : public std::runtime_error {
 public:
  explicit BuildFailure(const std::string& message, std::optional<int> code = std::nullopt)
      : std::runtime_error(message), code_(code) {}
  [[nodiscard]] std::optional<int> code() const noexcept { return code_; }

 private:
  std::optional<int> code_;
};

/// The host is at fault: throws std::system_error with errno and what was being done.
[[noreturn]] void throw_errno(const std::string& doing);

}  // namespace hythe::builder
