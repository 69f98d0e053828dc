// SPDX-License-Identifier: Apache-2.0
#include "lib/colours.h"

#include <unistd.h>

namespace hythe {

Colours colours_for(int fd) noexcept {
  return ::isatty(fd) != 0 ? Colours::kept : Colours::dropped;
}

std::string ColourRemover::remove_from(std::string_view chunk) {
  constexpr char kEscape = '\x1B';
  std::string text;
  text.reserve(chunk.size());
  for (const char c : chunk) {
    // A newline ends it too: the log of a killed deployment may stop anywhere.
    const bool ends = is_in_sequence_ && (c == 'm' || c == '\n');
    if (c == kEscape) is_in_sequence_ = true;
    if (!is_in_sequence_ || c == '\n') text += c;
    if (ends) is_in_sequence_ = false;
  }
  return text;
}

}  // namespace hythe
