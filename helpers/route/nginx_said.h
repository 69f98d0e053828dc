// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace hythe::route_helper {

/// The line of `nginx -t` that says why it refuses: "… in /etc/nginx/…:LINE".
[[nodiscard]] std::string_view reason_of_refusal(std::string_view said) noexcept;

/// Whether `nginx -t` says that two servers have this domain at one address. It only warns,
/// and requests go to whichever it read first.
[[nodiscard]] bool is_conflicting(std::string_view said, std::string_view domain) noexcept;

}  // namespace hythe::route_helper
