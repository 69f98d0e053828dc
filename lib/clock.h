// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

namespace hythe {

using Milliseconds = std::chrono::milliseconds;

/// A moment that work must not go beyond, on the monotonic clock.
class Deadline {
 public:
  explicit Deadline(Milliseconds from_now) : at_(std::chrono::steady_clock::now() + from_now) {}
  [[nodiscard]] bool has_passed() const { return left_ms() == 0; }
  /// For poll(2): never negative.
  [[nodiscard]] int left_ms() const {
    const auto left =
        std::chrono::ceil<Milliseconds>(at_ - std::chrono::steady_clock::now()).count();
    return left < 0 ? 0 : static_cast<int>(left);
  }

 private:
  std::chrono::steady_clock::time_point at_;
};

/// Since 1970, in UTC.
[[nodiscard]] Milliseconds unix_time();
/// "2026-11-25 16:03:17", in UTC.
[[nodiscard]] std::string date_and_time(Milliseconds unix_time);
/// "0.31 s", "41 s", "12 min", "3 h", "9 days": what people need to know of it.
[[nodiscard]] std::string duration(Milliseconds length);

}  // namespace hythe
