// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <string>

#include "core/app_name.h"
#include "lib/clock.h"

namespace hythe {

/// How long an app is left alone of which nothing could be dealt with: each time twice as long
/// as before, and no other app waits for it.
class Pauses {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr Milliseconds kFirst = std::chrono::seconds(5);
  static constexpr Milliseconds kLongest = std::chrono::minutes(10);

  void failed(const AppName& app, Clock::time_point now) {
    Pause& pause = pauses_[std::string(app.view())];
    pause.length = std::clamp(pause.length * 2, kFirst, kLongest);
    pause.end = now + pause.length;
  }
  void succeeded(const AppName& app) { pauses_.erase(std::string(app.view())); }

  /// What is left of it; zero when there is none.
  [[nodiscard]] Milliseconds left(const AppName& app, Clock::time_point now) const {
    const auto pause = pauses_.find(std::string(app.view()));
    if (pause == pauses_.end() || pause->second.end <= now) return Milliseconds::zero();
    return std::chrono::ceil<Milliseconds>(pause->second.end - now);
  }

 private:
  struct Pause {
    Milliseconds length{};
    Clock::time_point end{};
  };
  std::map<std::string, Pause> pauses_{};
};

}  // namespace hythe
