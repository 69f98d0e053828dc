// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace hythe {

/// Whether a forge's status of a commit is one that hythe has told it: "hythe" or, of a review
/// app, "hythe/APP".
[[nodiscard]] constexpr bool is_own_status(std::string_view name) noexcept {
  return name == "hythe" || name.starts_with("hythe/");
}

}  // namespace hythe
