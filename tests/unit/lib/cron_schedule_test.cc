// SPDX-License-Identifier: Apache-2.0
#include "lib/cron_schedule.h"

#include <gtest/gtest.h>

#include "lib/clock.h"
#include "lib/errors.h"

namespace hythe {
namespace {

using namespace std::chrono;

Minute at(int year, unsigned month, unsigned day, int hour, int minute) {
  return sys_days(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day)) +
         hours(hour) + minutes(minute);
}

/// The next three times after Thursday, 26 November 2026, 09:30.
std::string next_three(const char* text) {
  const CronSchedule schedule = CronSchedule::parse(text);
  std::string out;
  Minute minute = at(2026, 11, 26, 9, 30);
  for (int i = 0; i < 3; ++i) {
    minute = schedule.next(minute);
    EXPECT_TRUE(schedule.is_due(minute));
    out += (i == 0 ? "" : " ") + date_and_time(minute.time_since_epoch()).substr(2, 14);
  }
  return out;
}

TEST(CronSchedule, IsReadAsCrontabHasIt) {
  const struct {
    const char* schedule;
    const char* next;
  } kCases[] = {
      {"* * * * *", "26-11-26 09:31 26-11-26 09:32 26-11-26 09:33"},
      {"*/10 * * * *", "26-11-26 09:40 26-11-26 09:50 26-11-26 10:00"},
      {"30 9 * * *", "26-11-27 09:30 26-11-28 09:30 26-11-29 09:30"},
      {"0 7 * * *", "26-11-27 07:00 26-11-28 07:00 26-11-29 07:00"},
      {"5,35 8-10/2 * * *", "26-11-26 10:05 26-11-26 10:35 26-11-27 08:05"},
      {"0 0 1 * *", "26-12-01 00:00 27-01-01 00:00 27-02-01 00:00"},
      {"0 0 31 * *", "26-12-31 00:00 27-01-31 00:00 27-03-31 00:00"},
      {"0 12 * * mon-fri", "26-11-26 12:00 26-11-27 12:00 26-11-30 12:00"},
      {"0 12 * * 0", "26-11-29 12:00 26-12-06 12:00 26-12-13 12:00"},
      {"0 12 * * 7", "26-11-29 12:00 26-12-06 12:00 26-12-13 12:00"},
      {"0 12 * * 5-7", "26-11-27 12:00 26-11-28 12:00 26-11-29 12:00"},
      {"0 12 * JAN,mar Sun", "27-01-03 12:00 27-01-10 12:00 27-01-17 12:00"},
      // On either of two days that are both restricted, on both when one of them is not.
      {"0 0 1 * mon", "26-11-30 00:00 26-12-01 00:00 26-12-07 00:00"},
      {"0 0 */2 * mon", "26-12-07 00:00 26-12-21 00:00 27-01-11 00:00"},
      {"0 0 29 2 *", "28-02-29 00:00 32-02-29 00:00 36-02-29 00:00"},
      {"@hourly", "26-11-26 10:00 26-11-26 11:00 26-11-26 12:00"},
      {"@daily", "26-11-27 00:00 26-11-28 00:00 26-11-29 00:00"},
      {"@midnight", "26-11-27 00:00 26-11-28 00:00 26-11-29 00:00"},
      {"@weekly", "26-11-29 00:00 26-12-06 00:00 26-12-13 00:00"},
      {"@monthly", "26-12-01 00:00 27-01-01 00:00 27-02-01 00:00"},
      {"@yearly", "27-01-01 00:00 28-01-01 00:00 29-01-01 00:00"},
      {"\t0  7 * *\t* ", "26-11-27 07:00 26-11-28 07:00 26-11-29 07:00"},
  };
  for (const auto& c : kCases) EXPECT_EQ(next_three(c.schedule), c.next) << c.schedule;
}

TEST(CronSchedule, LeapDaysAreFoundAcrossACenturyWithoutOne) {
  EXPECT_EQ(CronSchedule::parse("0 0 29 2 *").next(at(2096, 3, 1, 0, 0)),
            at(2104, 2, 29, 0, 0));
}

TEST(CronSchedule, ADayThatIsManyYearsAwayIsFound) {
  EXPECT_EQ(CronSchedule::parse("0 0 */28 2 3").next(at(2026, 11, 26, 0, 0)),
            at(2034, 2, 1, 0, 0));
  for (int month = 1; month <= 12; ++month)
    for (int weekday = 0; weekday < 7; ++weekday) {
      const CronSchedule schedule =
          CronSchedule::parse(concat("0 0 */28 ", month, ' ', weekday));
      EXPECT_TRUE(schedule.is_due(schedule.next(at(2026, 11, 26, 0, 0))));
    }
}

TEST(CronSchedule, RefusesWhatMeansNothing) {
  for (const char* text : {"",
                           "*",
                           "* * * *",
                           "* * * * * *",
                           "60 * * * *",
                           "* 24 * * *",
                           "* * 0 * *",
                           "* * 32 * *",
                           "* * * 13 * ",
                           "* * * * 8",
                           "5-1 * * * *",
                           "*/0 * * * *",
                           "*/60 * * * *",
                           "3/2 * * * *",
                           "1, * * * *",
                           ",1 * * * *",
                           "1-2-3 * * * *",
                           "-1 * * * *",
                           "+1 * * * *",
                           "1.5 * * * *",
                           "x * * * *",
                           "* * * january *",
                           "* * mon * *",
                           "0 0 30 2 *",
                           "0 0 31 4,6 *",
                           "@reboot",
                           "@Daily",
                           "@",
                           "@daily @daily"})
    EXPECT_THROW((void)CronSchedule::parse(text), PushError) << text;
}

TEST(CronSchedule, SaysWhatIsWrong) {
  const auto complaint = [](const char* text) -> std::string {
    try {
      (void)CronSchedule::parse(text);
    } catch (const PushError& error) {
      return error.what();
    }
    return {};
  };
  EXPECT_EQ(complaint("61 * * * *"),
            "'61' is no minute: those are 0 to 59, also as '*', '1-5', '1,3' or '*/2'");
  EXPECT_EQ(complaint("0 0 30 2 *"), "'0 0 30 2 *' is no schedule: that day never comes");
  EXPECT_EQ(complaint("* * * \x1b[2J *").find('\x1b'), std::string::npos);
}

TEST(CronSchedule, StandsInFrontOfACommand) {
  using Parts = std::pair<std::string_view, std::string_view>;
  EXPECT_EQ(CronSchedule::split("0 7 * * * rake mail:send  'a  b'"),
            Parts("0 7 * * *", "rake mail:send  'a  b'"));
  EXPECT_EQ(CronSchedule::split("@daily\tbin/x"), Parts("@daily", "bin/x"));
  for (const char* line : {"", " ", "0 7 * * *", "0 7 * * * ", "@daily", "run me"})
    EXPECT_THROW((void)CronSchedule::split(line), PushError) << line;
}

}  // namespace
}  // namespace hythe
