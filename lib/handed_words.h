// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace hythe {

/// How hythe-shell gives a verb its words: not on the command line, which every local user
/// can read, for `env set` has secrets among them. They lie in an anonymous file that the
/// program after execve(2) inherits.

void hand_words(const std::vector<std::string>& words);

/// The words that were handed to this process, once; nullopt when there were none.
[[nodiscard]] std::optional<std::vector<std::string>> received_words();

}  // namespace hythe
