// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/app_name.h"
#include "core/slot.h"
#include "core/unique_fd.h"
#include "lib/clock.h"

namespace hythe {

/// Of fewer than these, a share of failures tells nothing.
inline constexpr std::uint64_t kFewestResponses = 20;
/// Of fewer than these, it tells nothing even that all have failed.
inline constexpr std::uint64_t kFewestFailures = 5;

/// How many responses nginx gave, and how many of them were 5xx.
struct Responses {
  std::uint64_t all = 0;
  std::uint64_t failed = 0;

  /// Whether there are enough of them to say so, and more than `percent` failed.
  [[nodiscard]] bool exceed(unsigned percent) const;
  /// Whether there are some to say so, and none was anything but a failure.
  [[nodiscard]] bool are_all_failures() const;
  /// Whether a release has to go that answers so: more than `percent` failed, or all did,
  /// which was not so `before`. With 100 percent, nothing is too much.
  [[nodiscard]] bool are_too_bad_after(const Responses& before, unsigned percent) const;
  /// "12 of 340 responses were 5xx"
  [[nodiscard]] std::string describe() const;
};

/// Those of a lane since a moment of the past, as far back as a quarter of a GiB goes. `log` is
/// what nginx writes for every response of an app (etc/nginx/hythe.conf), a second late at
/// most: "1764115067.123 shop-b 200". Where there is none, there are no responses.
[[nodiscard]] Responses responses_since(const std::string& log, const AppName& app, Lane lane,
                                        Milliseconds moment);

/// Those of a lane from now on, as they come.
class ResponseCounter {
 public:
  ResponseCounter(const std::string& log, const AppName& app, Lane lane);

  /// Takes what was written since. A log that was cut in the meantime is read from its start.
  const Responses& read();

 private:
  UniqueFd file_;
  std::string upstream_;
  std::uint64_t offset_ = 0;
  std::string rest_{};  // a line that is not complete yet
  Responses count_{};
};

}  // namespace hythe
