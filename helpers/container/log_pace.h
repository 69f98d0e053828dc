// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "helpers/container/clock.h"

namespace hythe::container {

/// How much of what a container says goes into its log. One that says more has to wait: its
/// pipe fills, and its writes block. The host keeps its processors and its disk for others.
class LogPace {
 public:
  void add(std::size_t bytes) noexcept {
    const std::int64_t now = monotonic_ms();
    if (now >= window_ends_ms_) {
      window_ends_ms_ = now + kWindowMs;
      bytes_ = 0;
    }
    bytes_ += bytes;
  }
  /// When it may say more, on the monotonic clock; 0 when it may now.
  [[nodiscard]] std::int64_t paused_until_ms() const noexcept {
    return bytes_ >= kBytesPerWindow && monotonic_ms() < window_ends_ms_ ? window_ends_ms_ : 0;
  }

 private:
  static constexpr std::size_t kBytesPerWindow = 4U << 20U;
  static constexpr std::int64_t kWindowMs = 1'000;
  std::int64_t window_ends_ms_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace hythe::container
