// SPDX-License-Identifier: Apache-2.0
#include "model/config_text.h"

#include "lib/errors.h"

namespace hythe {
namespace {

constexpr auto kNowhere = std::string_view::npos;

/// Where a line begins that starts with `start`.
std::size_t find_line(std::string_view text, std::string_view start) {
  for (std::size_t at = 0; at < text.size();) {
    if (text.substr(at).starts_with(start)) return at;
    const std::size_t end = text.find('\n', at);
    if (end == kNowhere) break;
    at = end + 1;
  }
  return kNowhere;
}

}  // namespace

std::string with_key(std::string_view text, std::string_view key, std::string_view value) {
  const std::string line = concat(key, ": ", value);
  std::size_t at = find_line(text, concat(key, ':'));
  if (at == kNowhere) at = find_line(text, concat('#', key, ':'));
  std::string out(text);
  if (at == kNowhere) {
    if (!out.empty() && !out.ends_with('\n')) out += '\n';
    return out + line + '\n';
  }
  const std::size_t end = text.find('\n', at);
  return out.replace(at, end == kNowhere ? kNowhere : end - at, line);
}

}  // namespace hythe
