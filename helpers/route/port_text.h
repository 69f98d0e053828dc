// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "core/app_name.h"
#include "helpers/route/port_target.h"
#include "helpers/text.h"

namespace hythe::route_helper {

/// What nft is told of the apps' ports: a table of nobody's but ours, `ip hythe_tcp`, with a
/// chain to each app and a map from ports to them. The texts below can be put together to
/// one transaction, and each is as good the second time: what is already so is no error.
/// Made of literals and validated types only.
///
/// IPv4, as the containers. A client that asks for 127.0.0.1 is refused by whoever listens
/// there, or nobody: translated, it would wait for ever for an answer that the kernel may not
/// route, and making it route that would open the host's own loopback to containers.

/// Everything but the apps. It must come first.
void write_port_frame(root::Text& out) noexcept;
/// New connections to the port go to the target, of one container or more. Those that are
/// established stay where they are.
void write_port(root::Text& out, const AppName& app, unsigned port,
                const PortTarget& target) noexcept;
/// New connections to the port go nowhere.
void write_no_port(root::Text& out, const AppName& app, unsigned port) noexcept;
/// The table as if it had never been.
void write_no_ports(root::Text& out) noexcept;

/// One app's part at most, and the frame.
inline constexpr std::size_t kMaxPortFrame = 1536;
inline constexpr std::size_t kMaxPortText = 1536;

/// Whether that is in `nft list table ip hythe_tcp`.
[[nodiscard]] bool lists_port_frame(std::string_view listing) noexcept;
[[nodiscard]] bool lists_port(std::string_view listing, const AppName& app, unsigned port,
                              const PortTarget& target) noexcept;

}  // namespace hythe::route_helper
