// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace hythe {

/// An address of `host` that somebody who may only deploy is allowed to have us connect to: of
/// the internet, or of a network that the administrator has opened (/etc/hythe/egress). It is
/// to be connected to as it is, for the name may lead elsewhere the next time it is asked for.
/// Throws PushError when there is none.
[[nodiscard]] std::string reachable_address(const std::string& host);

/// Whether the internet routes it: not this host, a private, link-local or reserved network.
[[nodiscard]] bool is_public_address(const std::string& address);
/// Whether one of the networks of `egress` (one "10.0.0.0/8" a line) has it.
[[nodiscard]] bool is_in_networks(const std::string& address, std::string_view egress);

}  // namespace hythe
