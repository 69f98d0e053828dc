// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "lib/clock.h"

namespace hythe {

/// "300 MiB", "2 GiB", "512" (bytes). Throws PushError naming `key`.
[[nodiscard]] std::uint64_t parse_size(std::string_view text, std::string_view key);
/// "250ms", "60s", "30m", "1h", "7d". Throws PushError naming `key`.
[[nodiscard]] Milliseconds parse_duration(std::string_view text, std::string_view key);
/// "30m", as parse_duration reads it.
[[nodiscard]] std::string format_duration(Milliseconds duration);
/// "1500 MiB", exactly, as parse_size reads it.
[[nodiscard]] std::string exact_size(std::uint64_t bytes);
/// "4.2 MiB"
[[nodiscard]] std::string format_size(std::uint64_t bytes);

}  // namespace hythe
