// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lib/clock.h"

namespace hythe {

/// How an app's versions take over from each other: `settings` of hythe.yml, and what an app's
/// own say instead. None of them protects the host: developers set them.
struct Settings {
  Milliseconds drain{250};             // from the switch to SIGTERM; an hour at most
  std::string health{};                // a path that web containers have to answer; "": none
  unsigned health_status_first = 200;  // with one of these statuses
  unsigned health_status_last = 399;
  Milliseconds health_timeout = std::chrono::seconds(5);  // of one question
  Milliseconds watch{0};      // from the switch until it is final; ten minutes at most
  unsigned watch_errors = 5;  // percent of responses that may be 5xx meanwhile
  bool cron = true;           // its jobs run at their times
  /// Of its review apps, from their last deployment on; 0: for ever.
  Milliseconds review_lifetime = std::chrono::hours(7 * 24);

  [[nodiscard]] bool accepts(unsigned status) const {
    return status >= health_status_first && status <= health_status_last;
  }
  /// "200-399", "200"
  [[nodiscard]] std::string health_statuses() const;

  /// By its name, written as in hythe.yml. Throws PushError: `where` says in what.
  void set(std::string_view key, std::string_view value, std::string_view where);
  /// Every name, with what holds.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> all() const;
  /// These, but for what an app says for itself.
  [[nodiscard]] Settings with(const std::map<std::string, std::string>& overrides) const;
};

}  // namespace hythe
