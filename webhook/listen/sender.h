// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace hythe {

/// Whom limits are of: an address of IPv4, also when it is written as one of IPv6, or the /64
/// that one of IPv6 is in, which is the least that a provider gives to one customer. All that
/// is no address is one sender.
[[nodiscard]] std::string sender_of(std::string_view address);

}  // namespace hythe
