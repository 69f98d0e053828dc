// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace hythe {

/// 256 random bits in hexadecimal digits.
[[nodiscard]] std::string make_secret();

/// Whether they are the same, in a time that says nothing of where they differ. The length is
/// no secret.
[[nodiscard]] bool is_same_secret(std::string_view a, std::string_view b);

}  // namespace hythe
