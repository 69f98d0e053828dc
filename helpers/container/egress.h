// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "helpers/container/address.h"

namespace hythe::container {

/// Private networks that the administrator lets containers reach: /etc/hythe/egress, one
/// network a line ("192.168.7.0/24"), `#` begins a comment. A line that is anything else
/// makes the whole file refused, so that a slip of the pen never opens more than was meant.
[[nodiscard]] std::optional<std::vector<Network>> parse_egress(std::string_view text);

/// Those of this host; none when there is no such file. nullopt, with a complaint, when it
/// cannot be trusted: not root's, writable by others, or not understood.
[[nodiscard]] std::optional<std::vector<Network>> egress_of_host();

}  // namespace hythe::container
