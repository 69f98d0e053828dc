// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

#include "webhook/forge/ci_tally.h"

namespace hythe {

/// When a success is one. Forges make what is to run for a commit one after the other, and a
/// workflow may be over before the next is there: so a success is believed when nothing was
/// added to it for a while, and, of what is announced, whatever did not begin in the first
/// minute never will. A failure is one at once.
class CiPatience {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::seconds kSettled{10};
  static constexpr std::chrono::seconds kLongestAnnounced{60};

  explicit CiPatience(Clock::time_point begun) : begun_(begun) {}

  [[nodiscard]] CiVerdict judge(const CiTally& tally, Clock::time_point now);
  /// Whether it is worth looking again as soon as kSettled has passed.
  [[nodiscard]] bool is_settling() const { return since_.has_value(); }

 private:
  Clock::time_point begun_;
  std::optional<Clock::time_point> since_{};  // the success, with that count
  std::size_t count_ = 0;
};

}  // namespace hythe
