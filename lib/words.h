// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hythe {

inline constexpr std::size_t kMaxCommandLength = 64U << 10U;
inline constexpr std::size_t kMaxCommandWords = 4096;

/// The words of a command as an ssh client sends it, by POSIX shell quoting: '…', "…" and
/// backslash. Nothing is ever expanded, and operators are plain characters: no shell comes
/// after this. nullopt for an unbalanced quote, a NUL, a newline outside quotes, and for more
/// than the bounds above.
[[nodiscard]] std::optional<std::vector<std::string>> split_words(std::string_view command);

/// The word as one types it in a shell, for messages that tell what to type:
/// split_words(quote_word(w)) is {w} for every word without NUL.
[[nodiscard]] std::string quote_word(std::string_view word);

}  // namespace hythe
