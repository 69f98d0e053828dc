// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <map>
#include <string>

namespace hythe {

/// So many at once, and so many a second in the long run, for each key. A bounded number of
/// keys is remembered: when there are more, those that have been quiet for longest start
/// afresh. For one thread at a time.
class RateLimit {
 public:
  using Clock = std::chrono::steady_clock;

  RateLimit(double at_once, double per_second, std::size_t keys = 10'000)
      : at_once_(at_once), per_second_(per_second), keys_(keys) {}

  /// Whether one more is all right now, which it then counts.
  [[nodiscard]] bool take(const std::string& key, Clock::time_point now);
  /// The same, without counting it.
  [[nodiscard]] bool has(const std::string& key, Clock::time_point now) const;

 private:
  struct Bucket {
    double left;
    Clock::time_point at;
  };
  [[nodiscard]] double left(const Bucket& bucket, Clock::time_point now) const;
  void forget_quietest();

  double at_once_;
  double per_second_;
  std::size_t keys_;
  std::map<std::string, Bucket> buckets_{};
};

}  // namespace hythe
