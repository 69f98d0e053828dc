// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lib/net/network.h"

namespace hythe {

/// The addresses of `host` that somebody who may only deploy is allowed to have us connect to:
/// of the internet, or of a network that the administrator has opened to apps
/// (/etc/hythe/egress); never this host's own. They are to be connected to as they are, for the
/// name may lead elsewhere the next time it is asked for. Never none: throws PushError.
[[nodiscard]] std::vector<IpAddress> reachable_addresses(const std::string& host);

/// The networks of such a file, one "10.0.0.0/8" a line. Throws PushError (EX_CONFIG) when a
/// line is anything else: a slip of the pen never opens more than was meant.
[[nodiscard]] std::vector<Network> parse_egress(std::string_view text);

}  // namespace hythe
