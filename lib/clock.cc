// SPDX-License-Identifier: Apache-2.0
#include "lib/clock.h"

#include <cstdio>
#include <ctime>

namespace hythe {

Milliseconds unix_time() {
  return std::chrono::duration_cast<Milliseconds>(
      std::chrono::system_clock::now().time_since_epoch());
}

std::string date_and_time(Milliseconds unix_time) {
  const std::time_t seconds =
      std::chrono::duration_cast<std::chrono::seconds>(unix_time).count();
  std::tm utc = {};
  ::gmtime_r(&seconds, &utc);
  char text[sizeof "9999-12-31 23:59:59" + 8];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &utc)};
}

std::string duration(Milliseconds length) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(length).count();
  char text[48];
  if (seconds < 10)
    std::snprintf(text, sizeof text, "%.2f s", static_cast<double>(length.count()) / 1000.0);
  else if (seconds < 120)
    std::snprintf(text, sizeof text, "%lld s", static_cast<long long>(seconds));
  else if (seconds < 2 * 3600)
    std::snprintf(text, sizeof text, "%lld min", static_cast<long long>(seconds / 60));
  else if (seconds < 48 * 3600)
    std::snprintf(text, sizeof text, "%lld h", static_cast<long long>(seconds / 3600));
  else
    std::snprintf(text, sizeof text, "%lld days", static_cast<long long>(seconds / 86400));
  return text;
}

}  // namespace hythe
