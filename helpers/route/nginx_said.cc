// SPDX-License-Identifier: Apache-2.0
#include "helpers/route/nginx_said.h"

namespace hythe::route_helper {
namespace {

/// What follows the next `word`, up to `end`; `rest` begins there then. Empty at the end.
std::string_view take_after(std::string_view& rest, std::string_view word, char end) noexcept {
  const std::size_t at = rest.find(word);
  rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + word.size());
  const std::size_t length = rest.find(end);
  const std::string_view part(rest.data(),
                              length == std::string_view::npos ? rest.size() : length);
  rest.remove_prefix(part.size());
  return part;
}

/// nginx quotes the name as the server has it that it read last. Of its own kinds of names
/// ".example.org" stands for "example.org" and "*.example.org".
bool covers(std::string_view name, std::string_view domain) noexcept {
  if (name == domain) return true;
  if (!name.starts_with('.')) return false;
  if (domain.starts_with("*.")) domain.remove_prefix(1);
  return name == domain || (name.size() == domain.size() + 1 && name.ends_with(domain));
}

}  // namespace

std::string_view reason_of_refusal(std::string_view said) noexcept {
  std::string_view rest = said;
  const std::string_view reason = take_after(rest, "[emerg] ", '\n');
  if (!reason.empty()) return reason;
  const std::string_view line = take_after(said, "", '\n');
  return line.empty() ? "nginx -t does not say why" : line;
}

bool is_conflicting(std::string_view said, std::string_view domain) noexcept {
  while (!said.empty())
    if (covers(take_after(said, "conflicting server name \"", '"'), domain)) return true;
  return false;
}

}  // namespace hythe::route_helper
