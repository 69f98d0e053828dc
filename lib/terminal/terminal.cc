// SPDX-License-Identifier: Apache-2.0
#include "lib/terminal/terminal.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "lib/errors.h"

namespace hythe {

bool is_on_terminal() {
  return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDOUT_FILENO) == 1;
}

TerminalSize terminal_size() {
  winsize window = {};
  if (::ioctl(STDIN_FILENO, TIOCGWINSZ, &window) != 0) return {};
  return {.rows = window.ws_row, .columns = window.ws_col};
}

RawTerminal::RawTerminal() {
  if (::tcgetattr(STDIN_FILENO, &before_) != 0) throw SystemError(errno, "ask the terminal");
  termios raw = before_;
  ::cfmakeraw(&raw);
  if (::tcsetattr(STDIN_FILENO, TCSANOW, &raw) != 0)
    throw SystemError(errno, "change the terminal");
}

RawTerminal::~RawTerminal() {
  // Not TCSADRAIN: a terminal that nobody reads any more would hold us here.
  ::tcsetattr(STDIN_FILENO, TCSANOW, &before_);
}

bool is_terminal_kind(std::string_view text) {
  constexpr std::size_t kMaxLength = 32;
  return !text.empty() && text.size() <= kMaxLength &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '+' ||
                  c == '-';
         });
}

std::optional<std::string> terminal_kind() {
  const char* value = ::secure_getenv("TERM");
  if (value == nullptr || !is_terminal_kind(value)) return std::nullopt;
  return value;
}

}  // namespace hythe
