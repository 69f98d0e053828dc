// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace hythe {

/// Two digits a byte, 0 to 9 and a to f.
[[nodiscard]] std::string hexadecimal(std::span<const std::uint8_t> bytes);

/// With '=' at the end, and in one line (RFC 4648).
[[nodiscard]] std::string base64(std::string_view bytes);

}  // namespace hythe
