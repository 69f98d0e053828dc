// SPDX-License-Identifier: Apache-2.0
#include "lib/cron_schedule.h"

#include <sysexits.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include "core/decimal.h"
#include "core/lower_case.h"
#include "lib/errors.h"
#include "lib/printable.h"

namespace hythe {
namespace {

using std::chrono::days;
using std::chrono::floor;

constexpr std::string_view kBlanks = " \t";
constexpr std::array kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array kWeekdays = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kNicknames = {
    {{"@hourly", "0 * * * *"},
     {"@daily", "0 0 * * *"},
     {"@midnight", "0 0 * * *"},
     {"@weekly", "0 0 * * 0"},
     {"@monthly", "0 0 1 * *"},
     {"@yearly", "0 0 1 1 *"},
     {"@annually", "0 0 1 1 *"}}};

struct Field {
  const char* name;
  unsigned least;
  unsigned most;
  std::span<const char* const> names{};  // of `least` and those after it
};

constexpr std::array<Field, 5> kFields = {{{"minute", 0, 59},
                                           {"hour", 0, 23},
                                           {"day of the month", 1, 31},
                                           {"month", 1, 12, kMonths},
                                           {"day of the week", 0, 7, kWeekdays}}};

[[noreturn]] void refuse(const Field& field, std::string_view word) {
  throw PushError(
      concat("'", printable(word, 40), "' is no ", field.name, ": those are ", field.least,
             " to ", field.most, field.names.empty() ? "" : concat(", ", field.names[0], " …"),
             ", also as '*', '1-5', '1,3' or '*/2'"),
      EX_DATAERR);
}

unsigned number_of(const Field& field, std::string_view word, std::string_view all) {
  const std::string lower = lower_case(word);
  for (unsigned i = 0; i < field.names.size(); ++i)
    if (lower == field.names[i]) return field.least + i;
  const auto number = parse_decimal(word, field.most);
  if (!number || *number < field.least) refuse(field, all);
  return static_cast<unsigned>(*number);
}

/// "*", "3", "1-5", and "*/2", "1-5/2". A step alone, as in "3/2", means nothing.
template <std::size_t N>
void add_range(const Field& field, std::string_view word, std::bitset<N>& out) {
  const auto slash = word.find('/');
  const std::string_view range = word.substr(0, slash);
  unsigned step = 1;
  if (slash != std::string_view::npos) {
    const auto number = parse_decimal(word.substr(slash + 1), field.most);
    if (!number || *number == 0) refuse(field, word);
    step = static_cast<unsigned>(*number);
  }
  unsigned first = field.least;
  unsigned last = field.most;
  if (range != "*") {
    const auto dash = range.find('-');
    if (dash == std::string_view::npos && slash != std::string_view::npos) refuse(field, word);
    first = number_of(field, range.substr(0, dash), word);
    last =
        dash == std::string_view::npos ? first : number_of(field, range.substr(dash + 1), word);
    if (first > last) refuse(field, word);
  }
  for (unsigned i = first; i <= last; i += step) out.set(i);
}

template <std::size_t N>
void parse_field(const Field& field, std::string_view text, std::bitset<N>& out) {
  for (;;) {
    const auto comma = text.find(',');
    add_range(field, text.substr(0, comma), out);
    if (comma == std::string_view::npos) return;
    text.remove_prefix(comma + 1);
  }
}

/// Takes the first word off a line; "" when there is none.
std::string_view take_word(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(kBlanks), line.size()));
  const std::string_view word = line.substr(0, line.find_first_of(kBlanks));
  line.remove_prefix(word.size());
  return word;
}

std::string_view without_nickname(std::string_view text) {
  if (!text.starts_with('@')) return text;
  for (const auto& [nickname, schedule] : kNicknames)
    if (text == nickname) return schedule;
  throw PushError(concat("'", printable(text, 40),
                         "' is no schedule: there are @hourly, @daily, @weekly, @monthly, "
                         "@yearly"),
                  EX_DATAERR);
}

}  // namespace

CronSchedule CronSchedule::parse(std::string_view text) {
  std::string_view rest = without_nickname(text);
  std::array<std::string_view, kFields.size()> words;
  for (std::string_view& word : words) word = take_word(rest);
  if (words.back().empty() || !take_word(rest).empty())
    throw PushError(concat("'", printable(text, 80),
                           "' is no schedule: that has five fields, minute, hour, day of the "
                           "month, month, day of the week"),
                    EX_DATAERR);
  CronSchedule schedule;
  parse_field(kFields[0], words[0], schedule.minutes_);
  parse_field(kFields[1], words[1], schedule.hours_);
  parse_field(kFields[2], words[2], schedule.days_);
  parse_field(kFields[3], words[3], schedule.months_);
  parse_field(kFields[4], words[4], schedule.weekdays_);
  if (schedule.weekdays_[7]) schedule.weekdays_.set(0);
  schedule.is_either_ = !words[2].starts_with('*') && !words[4].starts_with('*');
  if (!schedule.find(Minute{}))
    throw PushError(concat("'", printable(text, 80), "' is no schedule: that day never comes"),
                    EX_DATAERR);
  return schedule;
}

std::pair<std::string_view, std::string_view> CronSchedule::split(std::string_view line) {
  std::string_view rest = line;
  rest.remove_prefix(std::min(rest.find_first_not_of(kBlanks), rest.size()));
  const char* const begin = rest.data();
  const std::size_t fields = rest.starts_with('@') ? 1 : kFields.size();
  for (std::size_t i = 0; i < fields; ++i) (void)take_word(rest);
  const std::string_view schedule(begin, static_cast<std::size_t>(rest.data() - begin));
  rest.remove_prefix(std::min(rest.find_first_not_of(kBlanks), rest.size()));
  if (rest.empty())
    throw PushError(concat("'", printable(line, 80),
                           "' is not a schedule of five fields with a command behind it"),
                    EX_DATAERR);
  return {schedule, rest};
}

bool CronSchedule::is_due_on(std::chrono::sys_days day) const {
  const std::chrono::year_month_day date(day);
  if (!months_[static_cast<unsigned>(date.month())]) return false;
  const bool is_day = days_[static_cast<unsigned>(date.day())];
  const bool is_weekday = weekdays_[std::chrono::weekday(day).c_encoding()];
  return is_either_ ? is_day || is_weekday : is_day && is_weekday;
}

bool CronSchedule::is_due(Minute minute) const {
  const auto day = floor<days>(minute);
  const std::chrono::hh_mm_ss time(minute - day);
  return minutes_[static_cast<std::size_t>(time.minutes().count())] &&
         hours_[static_cast<std::size_t>(time.hours().count())] && is_due_on(day);
}

Minute CronSchedule::next(Minute after) const {
  return *find(after + std::chrono::minutes(1));
}

std::optional<Minute> CronSchedule::find(Minute from) const {
  // After 400 years days and weekdays are as before: what does not come within them never does.
  constexpr days kLongest(146'097);
  const auto end = floor<days>(from) + kLongest;
  for (auto day = floor<days>(from); day < end; day += days(1)) {
    if (!is_due_on(day)) continue;
    for (Minute minute = std::max<Minute>(day, from); minute < day + days(1);
         minute += std::chrono::minutes(1))
      if (is_due(minute)) return minute;
  }
  return std::nullopt;
}

}  // namespace hythe
