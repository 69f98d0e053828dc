// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hythe::builder {

/// The lines of a file such as `.buildpacks`, without CR, blanks around them, empty lines and
/// '#' comments. Empty when the file only has those.
[[nodiscard]] std::vector<std::string> parse_lines(std::string_view text);

/// "a, b, c".
[[nodiscard]] std::string joined(const std::vector<std::string>& words);

}  // namespace hythe::builder
