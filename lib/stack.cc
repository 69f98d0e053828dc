// SPDX-License-Identifier: Apache-2.0
#include "lib/stack.h"

#include <algorithm>

#include "lib/errors.h"
#include "lib/printable.h"

namespace hythe {
namespace {

constexpr std::string_view kOfficial = "official";
constexpr std::string_view kOthers = "others";
constexpr std::string_view kScalingo = "github.com/scalingo";

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

/// "github.com/heroku" of "https://github.com/heroku/heroku-buildpack-ruby#v1" and of
/// "git@github.com:heroku/x": host and owner, in lower case, without user and port.
std::string source_of(std::string_view url) {
  if (const auto scheme = url.find("://"); scheme != std::string_view::npos)
    url.remove_prefix(scheme + 3);
  const auto host_end = std::min(url.find('/'), url.size());
  if (const auto at = url.substr(0, host_end).rfind('@'); at != std::string_view::npos)
    url.remove_prefix(at + 1);
  const auto end = std::min(url.find_first_of(":/"), url.size());
  const std::string_view host = url.substr(0, end);
  std::string_view path = url.substr(end);
  // ":2222/owner/x" has a port, ":owner/x" (scp's form) has none.
  if (path.starts_with(':')) {
    path.remove_prefix(1);
    const auto digits = std::min(path.find_first_not_of("0123456789"), path.size());
    if (digits == path.size() || path[digits] == '/') path.remove_prefix(digits);
  }
  path.remove_prefix(std::min(path.find_first_not_of('/'), path.size()));
  return lower(concat(host, '/', path.substr(0, path.find('/'))));
}

/// "24" of heroku-24 and scalingo-24.
std::string year_of(const StackName& stack) {
  for (const std::string_view family : {"heroku-", "scalingo-"})
    if (stack.view().starts_with(family))
      return std::string(stack.view().substr(family.size()));
  return "22";
}

}  // namespace

std::string stack_name_for(std::string_view buildpack_url, const Config& config,
                           const StackName& stack) {
  const bool is_official = buildpack_url.empty();
  const std::string source = is_official ? std::string(kOfficial) : source_of(buildpack_url);
  if (const auto set = config.stack_aliases.find(std::string(stack.view()));
      set != config.stack_aliases.end()) {
    for (const auto& [key, name] : set->second)
      if (lower(key) == source) return name;
    for (const auto& [key, name] : set->second)
      if (!is_official && key == kOthers && source != kScalingo) return name;
  }
  if (is_official) return stack.is_host() ? kHostStack : std::string(stack.view());
  return (source == kScalingo ? "scalingo-" : "heroku-") + year_of(stack);
}

StackName parse_stack_name(std::string_view text) {
  if (const auto name = StackName::parse(text)) return *name;
  throw PushError(concat("'", printable(text.substr(0, 60)),
                         "' is not the name of a stack\na name is 1 to ", StackName::kMaxLength,
                         " characters of a-z, 0-9, '.' and '-', and begins with a letter or a "
                         "digit"),
                  EX_USAGE);
}

}  // namespace hythe
