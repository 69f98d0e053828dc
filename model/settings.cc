// SPDX-License-Identifier: Apache-2.0
#include "model/settings.h"

#include <algorithm>
#include <optional>

#include "core/decimal.h"
#include "lib/errors.h"
#include "lib/printable.h"
#include "lib/units.h"

namespace hythe {
namespace {

constexpr std::string_view kOff = "off";
constexpr std::string_view kOn = "on";
constexpr std::size_t kMaxPath = 1024;

struct Duration {
  const char* key;
  Milliseconds Settings::*value;
  Milliseconds least;
  Milliseconds most;
};

constexpr Milliseconds kNone{0};
constexpr Duration kDurations[] = {
    {"drain", &Settings::drain, kNone, std::chrono::hours(1)},
    {"health_timeout", &Settings::health_timeout, Milliseconds(1), std::chrono::minutes(5)},
    {"watch", &Settings::watch, kNone, std::chrono::minutes(10)},
    {"review_lifetime", &Settings::review_lifetime, kNone, std::chrono::hours(365 * 24)}};

[[noreturn]] void refuse(std::string_view key, std::string_view value, const std::string& why) {
  throw PushError(concat("'", key, "': '", printable(value, 64), "' ", why), EX_CONFIG);
}

Milliseconds parse(const Duration& kind, std::string_view value) {
  const Milliseconds length =
      value == kOff && kind.least == kNone ? kNone : parse_duration(value, kind.key);
  if (length < kind.least || length > kind.most)
    refuse(kind.key, value,
           concat("is not from ", format_duration(kind.least), " to ",
                  format_duration(kind.most)));
  return length;
}

std::string parse_path(std::string_view value) {
  if (value == kOff) return {};
  const bool is_path =
      value.starts_with('/') && value.size() <= kMaxPath &&
      std::all_of(value.begin(), value.end(), [](char c) { return c > ' ' && c < '\x7f'; });
  if (!is_path)
    refuse("health", value, "is neither 'off' nor a path like '/up', encoded as in an address");
  return std::string(value);
}

unsigned parse_status(std::string_view text, std::string_view all) {
  const auto status = parse_decimal(text, 599);
  if (!status || *status < 100)
    refuse("health_status", all, "is not of the form '200' or '200-399'");
  return static_cast<unsigned>(*status);
}

}  // namespace

std::string Settings::health_statuses() const {
  const std::string first = std::to_string(health_status_first);
  if (health_status_first == health_status_last) return first;
  return concat(first, '-', health_status_last);
}

void Settings::set(std::string_view key, std::string_view value, std::string_view where) {
  for (const Duration& kind : kDurations)
    if (key == kind.key) {
      this->*kind.value = parse(kind, value);
      return;
    }
  if (key == "health") {
    health = parse_path(value);
  } else if (key == "health_status") {
    const auto dash = value.find('-');
    const unsigned first = parse_status(value.substr(0, dash), value);
    const unsigned last =
        dash == std::string_view::npos ? first : parse_status(value.substr(dash + 1), value);
    if (first > last) refuse(key, value, "is a range that ends before it begins");
    health_status_first = first;
    health_status_last = last;
  } else if (key == "watch_errors") {
    const auto percent = parse_decimal(value, 100);
    if (!percent) refuse(key, value, "is not a percentage from 0 to 100");
    watch_errors = static_cast<unsigned>(*percent);
  } else if (key == "cron") {
    if (value != kOn && value != kOff) refuse(key, value, "is neither 'on' nor 'off'");
    cron = value == kOn;
  } else {
    std::string names;
    for (const auto& [name, set] : all()) names += (names.empty() ? "" : " ") + name;
    throw PushError(concat("'", where, "': there is no setting '", printable(key, 64),
                           "'\nthere are: ", names),
                    EX_CONFIG);
  }
}

std::vector<std::pair<std::string, std::string>> Settings::all() const {
  std::vector<std::pair<std::string, std::string>> out;
  for (const Duration& kind : kDurations) {
    const Milliseconds length = this->*kind.value;
    out.emplace_back(kind.key, length == kNone ? std::string(kOff) : format_duration(length));
  }
  out.emplace_back("health", health.empty() ? std::string(kOff) : health);
  out.emplace_back("health_status", health_statuses());
  out.emplace_back("watch_errors", std::to_string(watch_errors));
  out.emplace_back("cron", cron ? kOn : kOff);
  std::sort(out.begin(), out.end());
  return out;
}

Settings Settings::with(const std::map<std::string, std::string>& overrides) const {
  Settings own = *this;
  for (const auto& [key, value] : overrides) own.set(key, value, "settings of the app");
  return own;
}

}  // namespace hythe
