// SPDX-License-Identifier: Apache-2.0
#include "core/helper_contract.h"

#include "core/decimal.h"

namespace hythe {
namespace {

/// Takes the words of a request one after the other; a missing or malformed one spoils the
/// whole request, and so does one too many.
class Words {
 public:
  explicit Words(std::span<const char* const> words) noexcept : words_(words) {}

  std::string_view text() noexcept {
    if (taken_ == words_.size() || words_[taken_] == nullptr) {
      spoilt_ = true;
      return {};
    }
    return words_[taken_++];
  }
  std::uint32_t number(std::uint32_t first, std::uint32_t last) noexcept {
    const auto value = parse_decimal(text(), last);
    if (!value || *value < first) spoilt_ = true;
    return spoilt_ ? 0 : static_cast<std::uint32_t>(*value);
  }
  template <class T>
  T or_spoil(std::optional<T> parsed, T otherwise) noexcept {
    if (!parsed) spoilt_ = true;
    return parsed.value_or(otherwise);
  }
  std::span<const char* const> all() noexcept {
    const auto rest = words_.subspan(taken_);
    taken_ = words_.size();
    return rest;
  }
  [[nodiscard]] bool all_taken() const noexcept { return !spoilt_ && taken_ == words_.size(); }

 private:
  std::span<const char* const> words_;
  std::size_t taken_ = 0;
  bool spoilt_ = false;
};

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

bool take_one_off(Words& words, LaunchRequest& request) noexcept {
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
  Words rest(words);
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
      request.lane = rest.or_spoil(parse_lane(rest.text()), Lane::a);
      request.type = ProcessType::parse(rest.text());
      if (!request.type) return std::nullopt;
      break;
  }
  if (!rest.all_taken()) return std::nullopt;
  return request;
}

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
  Words rest(words);
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

namespace {

/// Reads NUL-terminated words off the front of some bytes.
class NulWords {
 public:
  explicit NulWords(std::string_view bytes) noexcept : bytes_(bytes) {}

  std::optional<std::string_view> next() noexcept {
    const auto end = bytes_.find('\0');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view word{bytes_.data(), end};
    bytes_.remove_prefix(end + 1);
    return word;
  }
  std::optional<std::uint32_t> number(std::uint64_t max) noexcept {
    const auto word = next();
    const auto value = word ? parse_decimal(*word, max) : std::nullopt;
    if (!value) return std::nullopt;
    return static_cast<std::uint32_t>(*value);
  }
  /// The next `count` words as one view.
  std::optional<std::string_view> block(std::size_t count) noexcept {
    const std::string_view before = bytes_;
    for (std::size_t i = 0; i < count; ++i)
      if (!next()) return std::nullopt;
    return std::string_view{before.data(), before.size() - bytes_.size()};
  }
  [[nodiscard]] bool empty() const noexcept { return bytes_.empty(); }

 private:
  std::string_view bytes_;
};

}  // namespace

std::optional<std::size_t> ContainerSpec::parse_prefix(std::string_view bytes) noexcept {
  if (bytes.size() != kPrefixLength || bytes.back() != '\n') return std::nullopt;
  std::size_t length = 0;
  bytes.remove_suffix(1);
  for (const char c : bytes) {
    if (c < '0' || c > '9') return std::nullopt;
    length = length * 10 + static_cast<std::size_t>(c - '0');
  }
  if (length > kMaxLength) return std::nullopt;
  return length;
}

std::optional<ContainerSpec> ContainerSpec::parse(std::string_view bytes) noexcept {
  constexpr std::uint32_t kMaxLimit = 100'000'000;
  constexpr std::uint32_t kMaxShares = 262'144;  // the kernel's own
  NulWords rest(bytes);
  const auto memory_mib = rest.number(kMaxLimit);
  const auto pids = rest.number(kMaxLimit);
  const auto cpu_percent = rest.number(kMaxLimit);
  const auto seconds = rest.number(kMaxLimit);
  const auto cpu_shares = rest.number(kMaxShares);
  const auto restarts = rest.number(kMaxLimit);
  if (!memory_mib || !pids || !cpu_percent || !seconds || !cpu_shares || !restarts)
    return std::nullopt;
  const auto argc = rest.number(kMaxWords);
  const auto argv = argc ? rest.block(*argc) : std::nullopt;
  const auto envc = argv ? rest.number(kMaxWords) : std::nullopt;
  const auto environment = envc ? rest.block(*envc) : std::nullopt;
  if (!environment || *argc == 0) return std::nullopt;
  std::optional<TerminalSize> terminal;
  if (!rest.empty()) {
    const auto rows = rest.number(UINT16_MAX);
    const auto columns = rest.number(UINT16_MAX);
    if (!rows || !columns || !rest.empty()) return std::nullopt;
    terminal = TerminalSize{.rows = static_cast<std::uint16_t>(*rows),
                            .columns = static_cast<std::uint16_t>(*columns)};
  }
  return ContainerSpec{.memory_mib = *memory_mib,
                       .pids = *pids,
                       .cpu_percent = *cpu_percent,
                       .seconds = *seconds,
                       .cpu_shares = *cpu_shares,
                       .restarts = *restarts,
                       .argv = *argv,
                       .environment = *environment,
                       .argc = *argc,
                       .envc = *envc,
                       .terminal = terminal};
}

}  // namespace hythe
