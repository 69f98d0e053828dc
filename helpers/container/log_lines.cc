// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/log_lines.h"

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace hythe::container {

std::string log_time(std::int64_t ms_since_1970) {
  const time_t seconds = ms_since_1970 / 1000;
  struct tm utc = {};
  ::gmtime_r(&seconds, &utc);
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", utc.tm_year + 1900,
                utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec,
                static_cast<int>(ms_since_1970 % 1000));
  return text;
}

void LogLines::add(std::string_view bytes, std::int64_t now_ms, std::string& out) {
  const std::string time = log_time(now_ms);
  while (!bytes.empty()) {
    const auto room = kMaxLine - unfinished_.size();
    const auto end = bytes.substr(0, room).find('\n');
    const auto length = std::min(end, std::min(room, bytes.size()));
    unfinished_.append(bytes.substr(0, length));
    bytes.remove_prefix(end == std::string_view::npos ? length : length + 1);
    if (end == std::string_view::npos && unfinished_.size() < kMaxLine) return;
    out.append(time).append(" ").append(unfinished_).append("\n");
    unfinished_.clear();
  }
}

void LogLines::finish(std::int64_t now_ms, std::string& out) {
  if (!unfinished_.empty()) add("\n", now_ms, out);
}

}  // namespace hythe::container
