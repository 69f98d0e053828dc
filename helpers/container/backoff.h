// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

namespace hythe::container {

/// How long to wait before a container that ended is started again: 1 s, and twice as long
/// each time up to five minutes. After so many restarts in a row it is left alone. All of it
/// begins anew once it has run for ten minutes.
class Backoff {
 public:
  explicit Backoff(std::uint32_t most) noexcept : most_(most) {}

  /// Of one that has ended after `ran_ms`; nullopt when it has had all of its restarts.
  [[nodiscard]] std::optional<std::int64_t> next_ms(std::int64_t ran_ms) noexcept {
    if (ran_ms >= kGoodRunMs) *this = Backoff(most_);
    if (restarts_ >= most_) return std::nullopt;
    ++restarts_;
    const std::int64_t delay = delay_ms_;
    delay_ms_ = std::min(delay * 2, kLastMs);
    return delay;
  }

 private:
  static constexpr std::int64_t kFirstMs = 1'000;
  static constexpr std::int64_t kLastMs = 300'000;
  static constexpr std::int64_t kGoodRunMs = 600'000;
  std::uint32_t most_;
  std::uint32_t restarts_ = 0;
  std::int64_t delay_ms_ = kFirstMs;
};

}  // namespace hythe::container
