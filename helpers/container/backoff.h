// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>

namespace hythe::container {

/// How long to wait before a container that ended is started again: 1 s, and twice as long
/// each time up to five minutes; from the beginning once it has run for ten minutes.
class Backoff {
 public:
  [[nodiscard]] std::int64_t next_ms(std::int64_t ran_ms) noexcept {
    if (ran_ms >= kGoodRunMs) delay_ms_ = kFirstMs;
    const std::int64_t delay = delay_ms_;
    delay_ms_ = std::min(delay * 2, kLastMs);
    return delay;
  }

 private:
  static constexpr std::int64_t kFirstMs = 1'000;
  static constexpr std::int64_t kLastMs = 300'000;
  static constexpr std::int64_t kGoodRunMs = 600'000;
  std::int64_t delay_ms_ = kFirstMs;
};

}  // namespace hythe::container
