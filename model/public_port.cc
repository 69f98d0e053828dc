// SPDX-License-Identifier: Apache-2.0
#include "model/public_port.h"

#include "core/decimal.h"
#include "core/helper_contract.h"
#include "core/paths.h"
#include "lib/errors.h"
#include "lib/printable.h"
#include "model/helper.h"

namespace hythe {
namespace {

std::optional<unsigned> parse_port(std::string_view text) {
  const auto port = parse_decimal(text, kLastPublicPort);
  if (!port || *port < kFirstPublicPort) return std::nullopt;
  return static_cast<unsigned>(*port);
}

/// What hythe-route answers.
std::optional<unsigned> ask_for_port(std::vector<std::string> words) {
  for (const auto& [key, value] : answers_of(paths::kRouteHelper, std::move(words)))
    if (key == kPortAnswer) return parse_port(value);
  return std::nullopt;
}

}  // namespace

PortRange PortRange::parse(std::string_view text, std::string_view key) {
  const auto dash = text.find('-');
  const auto first = parse_port(text.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : parse_port(text.substr(dash + 1));
  if (!first || !last || *last < *first)
    throw PushError(concat("'", key, "': '", printable(text, 40),
                           "' is not a range of ports like 20000-20999, from ",
                           kFirstPublicPort, " to ", kLastPublicPort),
                    EX_CONFIG);
  return {.first = *first, .last = *last};
}

std::string PortRange::text() const {
  return first == last ? std::to_string(first) : concat(first, '-', last);
}

std::optional<unsigned> public_port(const AppName& app) {
  return ask_for_port({"port", std::string(app.view())});
}

unsigned claim_any_port(const AppName& app, const PortRange& range) {
  if (const auto port = public_port(app)) return *port;
  const auto port = ask_for_port({"allot", std::string(app.view()), std::to_string(range.first),
                                  std::to_string(range.last)});
  if (!port) throw PushError("'hythe-route' did not say which port it gave", EX_SOFTWARE);
  return *port;
}

void claim_port(const AppName& app, unsigned port) {
  const std::string number = std::to_string(port);
  call_helper(paths::kRouteHelper, {"allot", std::string(app.view()), number, number});
}

void free_port(const AppName& app) {
  call_helper(paths::kRouteHelper, {"free", std::string(app.view())});
}

}  // namespace hythe
