// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace hythe {

/// SHA-256 (FIPS 180-4), as raw bytes.
inline constexpr std::size_t kSha256Size = 32;
using Sha256 = std::array<unsigned char, kSha256Size>;

[[nodiscard]] Sha256 sha256(std::string_view bytes);
/// HMAC (RFC 2104) over it.
[[nodiscard]] Sha256 hmac_sha256(std::string_view key, std::string_view bytes);

[[nodiscard]] std::string hexadecimal(const Sha256& digest);

}  // namespace hythe
