// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unistd.h>

#include <string_view>

#include "helpers/text.h"

namespace hythe::route_helper {

/// Two NUL-terminated words.
inline void add_answer(root::Text& out, std::string_view key, std::string_view value) noexcept {
  out.add(key).add('\0').add(value).add('\0');
}

/// On stdout; waits for as long as the caller likes, so hold no lock. A caller who does not
/// listen misses them.
inline void write_answers(const root::Text& answers) noexcept {
  std::string_view rest = answers.view();
  while (!rest.empty()) {
    const ssize_t written = ::write(STDOUT_FILENO, rest.data(), rest.size());
    if (written <= 0) return;
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
}

inline void answer(std::string_view key, std::string_view value) noexcept {
  root::FixedText<128> words;
  add_answer(words, key, value);
  write_answers(words);
}

}  // namespace hythe::route_helper
