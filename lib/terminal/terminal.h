// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <termios.h>

#include <optional>
#include <string>
#include <string_view>

#include "core/terminal_input.h"

namespace hythe {

/// Whether somebody types into our stdin and reads our stdout.
[[nodiscard]] bool is_on_terminal();

/// Of the window that stdin is.
[[nodiscard]] TerminalSize terminal_size();

/// As long as this object lives, nothing that is typed is interpreted on this side: every key
/// is a byte, ^C too. What it was before comes back with its end.
class RawTerminal {
 public:
  RawTerminal();
  ~RawTerminal();
  RawTerminal(const RawTerminal&) = delete;
  RawTerminal& operator=(const RawTerminal&) = delete;

 private:
  termios before_{};
};

/// The name of a terminal's kind, [a-z0-9.+-]{1,32}: of all variables of a client's, the only
/// one that goes into a container.
[[nodiscard]] bool is_terminal_kind(std::string_view text);
/// That of TERM, if it is one.
[[nodiscard]] std::optional<std::string> terminal_kind();

}  // namespace hythe
