// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/unique_fd.h"
#include "lib/clock.h"

namespace hythe {

/// A process, told apart from a later one that got the same pid by the time of its start. It
/// can be written down and be looked for by another process.
struct ProcessIdentity {
  int pid = 0;
  std::uint64_t start = 0;  // in clock ticks since boot (proc(5), stat, field 22)

  /// nullopt when there is no such process.
  [[nodiscard]] static std::optional<ProcessIdentity> of(int pid);
  /// Reads what text() wrote.
  [[nodiscard]] static std::optional<ProcessIdentity> parse(std::string_view text);
  [[nodiscard]] std::string text() const;

  /// Returns when it is gone (true), at once if it is, or when the deadline has passed.
  [[nodiscard]] bool wait_until_gone(const Deadline& deadline) const;
  /// SIGKILL, to this process and no later one, and waits for its end.
  void kill() const;

  /// A pidfd of it, for poll(2); empty when it is gone.
  [[nodiscard]] UniqueFd open() const;
};

}  // namespace hythe
