// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hythe::container {

/// "2026-11-25T16:03:17.123Z"
[[nodiscard]] std::string log_time(std::int64_t ms_since_1970);

/// Makes lines of what a container says, each after its time. A line that does not end is
/// cut every kMaxLine bytes, so that what is held of it is bounded. The bytes are the
/// container's own: whoever shows them to a terminal filters them.
class LogLines {
 public:
  static constexpr std::size_t kMaxLine = 8192;

  /// Appends the lines that `bytes` completes.
  void add(std::string_view bytes, std::int64_t now_ms, std::string& out);
  /// Appends what has no end yet, as a line.
  void finish(std::int64_t now_ms, std::string& out);

 private:
  std::string unfinished_{};
};

}  // namespace hythe::container
