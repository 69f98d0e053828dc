// SPDX-License-Identifier: Apache-2.0
#include "helpers/route/route_table.h"

#include "core/decimal.h"
#include "core/helper_contract.h"

namespace hythe::route_helper {
namespace {

constexpr std::string_view kFirstLine = "route 1\n";
constexpr std::string_view kLastLine = "end\n";

/// Takes `word` off the front; false when something else is there.
bool take(std::string_view& rest, std::string_view word) noexcept {
  if (!rest.starts_with(word)) return false;
  rest.remove_prefix(word.size());
  return true;
}

/// Takes what comes before `end`, and `end` with it; nothing when there is no `end`.
std::optional<std::string_view> take_to(std::string_view& rest, char end) noexcept {
  const std::size_t at = rest.find(end);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view part(rest.data(), at);
  rest.remove_prefix(at + 1);
  return part;
}

/// "A B C D\n"
bool take_counts(std::string_view& rest, PerLane& counts) noexcept {
  for (const Lane lane : kLiveLanes) {
    const auto word = take_to(rest, lane == kLiveLanes.back() ? '\n' : ' ');
    const auto count = word ? parse_decimal(*word, Position::kCount) : std::nullopt;
    if (!count) return false;
    counts[lane] = static_cast<unsigned>(*count);
  }
  return true;
}

/// "PORT A B C D\n"
bool take_port(std::string_view& rest, RouteTable& table) noexcept {
  const auto word = take_to(rest, ' ');
  const auto port = word ? parse_decimal(*word, kLastPublicPort) : std::nullopt;
  if (!port || *port < kFirstPublicPort || !take_counts(rest, table.tcp)) return false;
  table.port = static_cast<unsigned>(*port);
  for (const Lane lane : kLiveLanes)
    if (table.web[lane] + table.tcp[lane] > Position::kCount) return false;
  return true;
}

}  // namespace

std::optional<RouteTable> parse_route_table(std::string_view text) noexcept {
  RouteTable table;
  if (!take(text, kFirstLine) || !take(text, "containers ") || !take_counts(text, table.web))
    return std::nullopt;
  if (take(text, "tcp ") && !take_port(text, table)) return std::nullopt;
  while (take(text, "domain ")) {
    const auto word = take_to(text, '\n');
    const auto domain = word ? Domain::parse(*word) : std::nullopt;
    if (!domain || table.domains.contains(*word) || !table.domains.add(*domain))
      return std::nullopt;
  }
  if (text != kLastLine) return std::nullopt;
  return table;
}

void write_route_table(root::Text& out, const RouteTable& table) noexcept {
  out.add(kFirstLine);
  const auto add_counts = [&out](const PerLane& counts) {
    for (const Lane lane : kLiveLanes)
      out.add(counts[lane]).add(lane == kLiveLanes.back() ? '\n' : ' ');
  };
  out.add("containers ");
  add_counts(table.web);
  if (table.port != 0) {
    out.add("tcp ").add(table.port).add(' ');
    add_counts(table.tcp);
  }
  for (const std::string_view domain : table.domains) out.line("domain ", domain);
  out.add(kLastLine);
}

}  // namespace hythe::route_helper
