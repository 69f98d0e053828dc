// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace hythe {

/// Whether a domain, in lower case, is the own one of a host that calls itself `node`. Where
/// that is a single label, as Debian has it, the domain may be any that begins with it.
[[nodiscard]] constexpr bool is_name_of_host(std::string_view domain,
                                             std::string_view node) noexcept {
  if (node.empty() || domain.size() < node.size()) return false;
  for (std::size_t i = 0; i < node.size(); ++i) {
    const char c = node[i];
    if (domain[i] != (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c))
      return false;
  }
  if (domain.size() == node.size()) return true;
  return node.find('.') == std::string_view::npos && domain[node.size()] == '.';
}

}  // namespace hythe
