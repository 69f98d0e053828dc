// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "core/app_name.h"
#include "core/slot.h"
#include "helpers/route/route_table.h"
#include "helpers/text.h"

namespace hythe::route_helper {

/// Names one text: the hash of all that nginx does for an app. nginx answers with it on its
/// socket, which tells whether it has loaded that text. 0 stands for "no text".
using Generation = std::uint64_t;

/// The longest text below: 64 domains, 120 servers and the fixed parts.
inline constexpr std::size_t kMaxNginxText = 32'768;

enum class Ipv6 : std::uint8_t { absent, present };

/// The whole of /etc/nginx/hythe/APP.conf for a table that is_public(): one upstream per
/// lane, the public server, and the server on nginx's own socket that says which lane and
/// generation it sees. Made of literals and validated types only. Needs what
/// /etc/nginx/conf.d/hythe.conf defines: the variable $hythe_connection.
///
/// Returns the generation that the text announces.
Generation write_nginx_text(root::Text& out, const AppName& app, Slot slot,
                            const RouteTable& table, Ipv6 ipv6) noexcept;

/// The domains of such a text.
[[nodiscard]] DomainList domains_of_nginx_text(std::string_view text) noexcept;

}  // namespace hythe::route_helper
