// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace hythe {

/// `hythe stack create`, `import` and `remove`, called by root: the process becomes
/// hythe-stack, with these words, and this does not return. Beside cli/domains_as_root.h it is
/// the one thing that `hythe` does before it becomes user hythe, and all that it does is to
/// hand root's own words on.
///
/// nullopt for every other caller and word. The exit code, or a PushError, when a removal is
/// refused because an app is to be built on the stack.
[[nodiscard]] std::optional<int> become_stack_helper(const std::vector<std::string>& words);

}  // namespace hythe
