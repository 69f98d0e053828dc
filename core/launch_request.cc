// SPDX-License-Identifier: Apache-2.0
#include "core/launch_request.h"

#include "core/request_words.h"

namespace hythe {
namespace {

struct LaunchWord {
  std::string_view word;
  LaunchVerb verb;
};

constexpr LaunchWord kLaunchWords[] = {
    {"create", LaunchVerb::create},   {"destroy", LaunchVerb::destroy},
    {"build", LaunchVerb::build},     {"release", LaunchVerb::release},
    {"discard", LaunchVerb::discard}, {"start", LaunchVerb::start},
    {"run", LaunchVerb::run},         {"retire", LaunchVerb::retire},
    {"stop", LaunchVerb::stop},       {"usage", LaunchVerb::usage},
    {"clear", LaunchVerb::clear},     {"inspect", LaunchVerb::inspect},
    {"mend", LaunchVerb::mend},       {"attach", LaunchVerb::attach},
    {"detach", LaunchVerb::detach},   {"end", LaunchVerb::end},
    {"forget", LaunchVerb::forget},   {"sweep", LaunchVerb::sweep},
    {"trees", LaunchVerb::trees},     {"halt", LaunchVerb::halt},
};

constexpr std::uint32_t kHourInMs = 60U * 60U * 1000U;

bool take_one_off(RequestWords& words, LaunchRequest& request) noexcept {
  request.name = ProcessName::parse(words.text());
  const auto position = request.name ? one_off_position(*request.name) : std::nullopt;
  if (position) request.position = *position;
  return position.has_value();
}

}  // namespace

std::optional<Position> one_off_position(const ProcessName& name) noexcept {
  if (name.type() != kOneOff || name.index() > kMostOneOffs) return std::nullopt;
  return Position{Position::kCount - name.index()};
}

std::optional<LaunchRequest> parse_launch(std::span<const char* const> words) noexcept {
  RequestWords rest(words);
  const std::string_view word = rest.text();
  const LaunchWord* known = nullptr;
  for (const LaunchWord& candidate : kLaunchWords)
    if (candidate.word == word) known = &candidate;
  const auto app = AppName::parse(rest.text());
  if (known == nullptr || !app) return std::nullopt;

  LaunchRequest request{.verb = known->verb, .app = *app};
  switch (request.verb) {
    case LaunchVerb::create:
    case LaunchVerb::destroy:
    case LaunchVerb::usage:
    case LaunchVerb::clear:
    case LaunchVerb::inspect:
    case LaunchVerb::mend:
    case LaunchVerb::sweep:
    case LaunchVerb::trees:
      break;
    case LaunchVerb::build:
      request.deployment = rest.number(1, kMaxNumber);
      request.stack = StackName::parse(rest.text());
      if (!request.stack) return std::nullopt;
      break;
    case LaunchVerb::discard:
      request.deployment = rest.number(1, kMaxNumber);
      break;
    case LaunchVerb::forget:
      request.release = rest.number(1, kMaxNumber);
      break;
    case LaunchVerb::release:
      request.deployment = rest.number(1, kMaxNumber);
      request.release = rest.number(1, kMaxNumber);
      break;
    case LaunchVerb::start:
      request.release = rest.number(1, kMaxNumber);
      request.lane = rest.or_spoil(parse_lane(rest.text()), Lane::a);
      request.position = rest.or_spoil(Position::parse(rest.text()), Position{});
      request.name = ProcessName::parse(rest.text());
      if (!request.name) return std::nullopt;
      break;
    case LaunchVerb::run:
      request.release = rest.number(1, kMaxNumber);
      request.name = ProcessName::parse(rest.text());
      if (!request.name) return std::nullopt;
      break;
    case LaunchVerb::attach:
    case LaunchVerb::detach:
      request.release = rest.number(1, kMaxNumber);
      if (!take_one_off(rest, request)) return std::nullopt;
      break;
    case LaunchVerb::end:
      if (!take_one_off(rest, request)) return std::nullopt;
      break;
    case LaunchVerb::retire:
      request.lane = rest.or_spoil(parse_lane(rest.text()), Lane::a);
      request.drain_ms = rest.number(0, kHourInMs);
      break;
    case LaunchVerb::stop:
      request.lane = rest.or_spoil(parse_lane(rest.text()), Lane::a);
      break;
    case LaunchVerb::halt:
      request.lane = rest.or_spoil(parse_any_lane(rest.text()), Lane::a);
      request.type = ProcessType::parse(rest.text());
      if (!request.type) return std::nullopt;
      break;
  }
  if (!rest.all_taken()) return std::nullopt;
  return request;
}

}  // namespace hythe
