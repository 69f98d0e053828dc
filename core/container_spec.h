// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/terminal_input.h"

namespace hythe {

/// What a container runs and within which limits, as bytes on hythe-launch's stdin: eight
/// decimal digits and '\n', then that many bytes of NUL-terminated words:
///
///   MEMORY-MIB PIDS CPU-PERCENT SECONDS CPU-SHARES RESTARTS  ARGC ARG…  ENVC NAME=VALUE…
///   [ROWS COLUMNS]
///
/// A zero limit means none. CPU-SHARES are what a container gets of contested processors, 1024
/// being usual. RESTARTS is how often in a row one of `start` may end before it is left alone.
/// The bytes after it belong to the container's own stdin.
/// Root reads the six numbers; argv and environment are opaque to it and are read by
/// hythe-init, inside, so that no secret is ever on a command line or in config.json. With a
/// size, hythe-init gives the command a terminal, and its stdin is a TerminalInput.
struct ContainerSpec {
  static constexpr std::size_t kPrefixLength = 9;
  static constexpr std::size_t kMaxLength = 4U << 20U;
  static constexpr std::size_t kMaxWords = 4096;

  std::uint32_t memory_mib = 0;
  std::uint32_t pids = 0;
  std::uint32_t cpu_percent = 0;
  std::uint32_t seconds = 0;
  std::uint32_t cpu_shares = 0;
  std::uint32_t restarts = 0;
  std::string_view argv{};         // ARG…, each NUL-terminated
  std::string_view environment{};  // NAME=VALUE…, each NUL-terminated
  std::size_t argc = 0;
  std::size_t envc = 0;
  std::optional<TerminalSize> terminal{};

  /// The length that a prefix announces.
  [[nodiscard]] static std::optional<std::size_t> parse_prefix(std::string_view bytes) noexcept;
  /// Views into `bytes`, which must outlive the result.
  [[nodiscard]] static std::optional<ContainerSpec> parse(std::string_view bytes) noexcept;
};

}  // namespace hythe
