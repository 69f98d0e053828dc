// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "helpers/deadline.h"
#include "helpers/text.h"

namespace hythe::root {

/// How a command ended.
struct CommandResult {
  enum class End : std::uint8_t { exited, signalled, timed_out };
  End end = End::exited;
  int number = 0;  // the exit code (127: could not be executed) or the signal

  [[nodiscard]] bool succeeded() const noexcept { return end == End::exited && number == 0; }
};

/// What becomes of a command's stdout.
enum class Stdout : std::uint8_t { dropped, told };

/// Runs a program of the host: `argv[0]` is its absolute path and `argv` ends with nullptr,
/// both fixed in our source. It gets the two environment variables of harden(), `input` on
/// stdin, no other descriptor, default signals, umask 022 and its own process group, so that
/// no key on the caller's terminal reaches it. What it says on stderr, and on stdout if that
/// is to be told, is added to `said` as far as there is room; the rest is dropped. At the
/// deadline the whole group is killed, and so is what the command leaves behind in it;
/// returns when the command itself is gone. Dies (EX_OSERR) only when no process can be made.
[[nodiscard]] CommandResult run_command(const char* const* argv, std::string_view input,
                                        Text& said, Deadline deadline,
                                        Stdout out = Stdout::dropped) noexcept;

}  // namespace hythe::root
