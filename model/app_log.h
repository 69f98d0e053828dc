// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/app_name.h"
#include "core/process_name.h"
#include "core/slot.h"
#include "lib/clock.h"

namespace hythe {

/// What containers wrote: /var/log/hythe/APP/NAME-LANE.log, written by their monitors, each
/// line after its time ("2026-11-25T16:03:17.123Z "), the older half in a file .1.

/// The text of the newest lines of one container that are not older than `since`, fit for a
/// terminal; at most `count`.
[[nodiscard]] std::vector<std::string> last_log_lines(const AppName& app,
                                                      const std::string& process, Lane lane,
                                                      Milliseconds since, std::size_t count);

/// One line of an app's log as people read it: "2026-11-25T16:03:17.123Z web.1: text".
struct LogLine {
  std::string time;
  std::string process;
  std::string text;

  [[nodiscard]] std::string print() const;
};

/// The newest `count` lines of all containers of an app, in the order of time; or of those that
/// have that name, over all lanes.
[[nodiscard]] std::vector<LogLine> newest_log_lines(
    const AppName& app, std::size_t count, const std::optional<ProcessName>& only = {});

/// Lines that come to an app's logs from now on.
class LogTail {
 public:
  explicit LogTail(const AppName& app);
  ~LogTail();
  LogTail(const LogTail&) = delete;
  LogTail& operator=(const LogTail&) = delete;

  /// Readable (poll) when there may be new lines.
  [[nodiscard]] int fd() const;
  [[nodiscard]] std::vector<LogLine> read();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hythe
