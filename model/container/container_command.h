// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/terminal_input.h"
#include "lib/clock.h"

namespace hythe {

/// What to run in a container and within which limits; a zero limit is none.
struct ContainerCommand {
  std::uint64_t memory = 0;  // bytes
  std::uint64_t pids = 0;
  std::uint64_t cpu_percent = 0;  // of one processor
  std::uint64_t cpu_shares = 0;   // of contested processors; 1024 is usual
  Milliseconds time{0};
  std::uint64_t restarts = 0;  // of one that ends again and again
  std::vector<std::string> argv{};
  std::vector<std::string> environment{};
  /// With one, the command has a terminal, and its input is a TerminalInput.
  std::optional<TerminalSize> terminal{};

  /// The bytes that hythe-launch reads (core/helper_contract.h: ContainerSpec). Throws
  /// PushError when the whole is larger than root accepts, or holds a NUL.
  [[nodiscard]] std::string encode() const;
};

}  // namespace hythe
