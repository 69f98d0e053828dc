// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <ctime>

namespace hythe::root {

/// A moment by which something must have happened. Monotonic: setting the clock does not
/// move it.
class Deadline {
 public:
  [[nodiscard]] static Deadline in_ms(int ms) noexcept { return Deadline(now_ms() + ms); }

  /// At least 0; fits poll(2).
  [[nodiscard]] int remaining_ms() const noexcept {
    const std::int64_t left = at_ms_ - now_ms();
    return left > 0 ? static_cast<int>(left) : 0;
  }
  [[nodiscard]] bool has_passed() const noexcept { return remaining_ms() == 0; }

 private:
  explicit Deadline(std::int64_t at_ms) noexcept : at_ms_(at_ms) {}
  [[nodiscard]] static std::int64_t now_ms() noexcept {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);  // cannot fail with these arguments
    return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
  }
  std::int64_t at_ms_;
};

}  // namespace hythe::root
