// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace hythe {

/// What the variable PROJECT_DIR names, without what says nothing: "a/b" of "./a/b/", and "" of
/// the source itself. It may still not be a path below that.
[[nodiscard]] constexpr std::string_view project_directory(std::string_view variable) {
  while (variable.ends_with('/')) variable.remove_suffix(1);
  while (variable.starts_with("./")) variable.remove_prefix(2);
  return variable == "." ? std::string_view() : variable;
}

}  // namespace hythe
