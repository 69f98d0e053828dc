// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/app_name.h"
#include "core/slot.h"

namespace hythe {

/// The ports of the host at which `tcp` containers can be reached: above those of well-known
/// services, and below those that the kernel gives to clients.
inline constexpr std::uint32_t kFirstPublicPort = 10'000;
inline constexpr std::uint32_t kLastPublicPort = 32'767;

/// hythe-route VERB …
///
///   set     APP LANE WEB TCP  stdin: the app's domains, one a line. WEB containers will
///                             receive requests in LANE, at its first positions, and TCP
///                             ones connections to the app's port, at the next. Returns
///                             when nginx serves by it
///   switch  APP LANE          moves new requests and connections to LANE, or neither;
///                             returns when nginx was seen to. Nothing moves when nobody
///                             can read its stdout any more
///   domains APP DOMAIN…       these and no others are the app's; its counts stay. Reads
///                             nothing: its stdin may be the lock that its caller holds
///   claim   APP DOMAIN…       for root only: the app may have them, wildcards too
///   off     APP               no route, no domains, no live lane; the port stays its own
///   port    APP               which port of the host is its own
///   allot   APP FIRST LAST    gives it a port from FIRST to LAST, unless it has one of them
///   free    APP               takes the port away
///   balance [APP]             has its port, or all, lead to those of its live lane's
///                             containers that are not down
///   sync                      writes every app's file anew from root's tables, and all that
///                             balance does
///   check   [APP]             says what of it, or of all apps, is not as the tables say
///
/// port and allot answer on stdout `port NUMBER`, if there is one; check `port APP` or
/// `nginx APP` for each that is not in order. An answer is two NUL-terminated words.
enum class RouteVerb : std::uint8_t {
  set,
  switch_to,
  domains,
  claim,
  off,
  port,
  allot,
  free,
  balance,
  sync,
  check,
};

inline constexpr std::string_view kPortAnswer = "port";
inline constexpr std::string_view kNginxAnswer = "nginx";

struct RouteRequest {
  RouteVerb verb;
  std::optional<AppName> app{};
  Lane lane = Lane::a;
  unsigned web = 0;  // with tcp, Position::kCount at most
  unsigned tcp = 0;
  unsigned first = 0;  // both kFirstPublicPort to kLastPublicPort
  unsigned last = 0;
  std::span<const char* const> domains{};
};

[[nodiscard]] std::optional<RouteRequest> parse_route(
    std::span<const char* const> words) noexcept;

}  // namespace hythe
