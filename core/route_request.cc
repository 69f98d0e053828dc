// SPDX-License-Identifier: Apache-2.0
#include "core/route_request.h"

#include "core/request_words.h"

namespace hythe {
namespace {

struct RouteWord {
  std::string_view word;
  RouteVerb verb;
  enum class App : std::uint8_t { none, optional, needed } app = App::needed;
};

constexpr RouteWord kRouteWords[] = {
    {"set", RouteVerb::set},
    {"switch", RouteVerb::switch_to},
    {"off", RouteVerb::off},
    {"port", RouteVerb::port},
    {"domains", RouteVerb::domains},
    {"claim", RouteVerb::claim},
    {"allot", RouteVerb::allot},
    {"free", RouteVerb::free},
    {"balance", RouteVerb::balance, RouteWord::App::optional},
    {"sync", RouteVerb::sync, RouteWord::App::none},
    {"check", RouteVerb::check, RouteWord::App::optional},
};

}  // namespace

std::optional<RouteRequest> parse_route(std::span<const char* const> words) noexcept {
  RequestWords rest(words);
  const std::string_view word = rest.text();
  const RouteWord* known = nullptr;
  for (const RouteWord& candidate : kRouteWords)
    if (candidate.word == word) known = &candidate;
  if (known == nullptr) return std::nullopt;

  RouteRequest request{.verb = known->verb};
  const bool is_named = known->app == RouteWord::App::needed ||
                        (known->app == RouteWord::App::optional && !rest.all_taken());
  if (is_named) {
    request.app = AppName::parse(rest.text());
    if (!request.app) return std::nullopt;
  }
  switch (request.verb) {
    case RouteVerb::set:
      request.lane = rest.or_spoil(parse_lane(rest.text()), Lane::a);
      request.web = rest.number(0, Position::kCount);
      // Together, or an address would be the next lane's.
      request.tcp = rest.number(0, Position::kCount - request.web);
      break;
    case RouteVerb::switch_to:
      request.lane = rest.or_spoil(parse_lane(rest.text()), Lane::a);
      break;
    case RouteVerb::domains:
      request.domains = rest.all();
      break;
    case RouteVerb::claim:
      request.domains = rest.all();
      if (request.domains.empty()) return std::nullopt;
      break;
    case RouteVerb::allot:
      request.first = rest.number(kFirstPublicPort, kLastPublicPort);
      request.last = rest.number(request.first, kLastPublicPort);
      break;
    case RouteVerb::off:
    case RouteVerb::port:
    case RouteVerb::free:
    case RouteVerb::balance:
    case RouteVerb::sync:
    case RouteVerb::check:
      break;
  }
  if (!rest.all_taken()) return std::nullopt;
  return request;
}

}  // namespace hythe
