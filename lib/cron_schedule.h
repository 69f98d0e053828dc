// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bitset>
#include <chrono>
#include <optional>
#include <string_view>
#include <utility>

namespace hythe {

/// A minute of the calendar, since 1970, in UTC.
using Minute = std::chrono::sys_time<std::chrono::minutes>;

/// When a job is due, as crontab(5) has it: minute, hour, day of the month, month and day of
/// the week, each `*`, a number, a range, a list of those, with a step; months and days by name
/// as well; or @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually. Days of the
/// month and of the week that are both restricted are due on either.
class CronSchedule {
 public:
  /// Throws PushError (EX_DATAERR) that names what is wrong, and for a day that never comes.
  [[nodiscard]] static CronSchedule parse(std::string_view text);
  /// A schedule, and the command that stands behind it in the same line. Throws likewise.
  [[nodiscard]] static std::pair<std::string_view, std::string_view> split(
      std::string_view line);

  [[nodiscard]] bool is_due(Minute minute) const;
  /// The first minute after that one in which it is due.
  [[nodiscard]] Minute next(Minute after) const;

 private:
  [[nodiscard]] bool is_due_on(std::chrono::sys_days day) const;
  [[nodiscard]] std::optional<Minute> find(Minute from) const;

  std::bitset<60> minutes_{};
  std::bitset<24> hours_{};
  std::bitset<32> days_{};
  std::bitset<13> months_{};
  std::bitset<8> weekdays_{};  // 0 and 7 are both Sunday
  bool is_either_ = false;
};

}  // namespace hythe
