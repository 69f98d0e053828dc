// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace hythe {

/// The text of hythe.yml with a top-level key set to a value, in the line where it stands, or
/// stands commented out; else in a line at the end. All else stays as the administrator wrote
/// it. The value is one that YAML reads as it is, without quotes.
[[nodiscard]] std::string with_key(std::string_view text, std::string_view key,
                                   std::string_view value);

}  // namespace hythe
