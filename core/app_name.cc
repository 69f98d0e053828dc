// SPDX-License-Identifier: Apache-2.0
#include "core/app_name.h"

namespace hythe {

std::optional<AppName> AppName::parse(std::string_view text) noexcept {
  if (text.empty() || text.size() > kMaxLength) return std::nullopt;
  if (text.front() < 'a' || text.front() > 'z' || text.back() == '-') return std::nullopt;
  AppName name;
  char previous = '\0';
  std::size_t length = 0;
  for (const char c : text) {
    const bool is_letter = c >= 'a' && c <= 'z';
    const bool is_digit = c >= '0' && c <= '9';
    if (!is_letter && !is_digit && (c != '-' || previous == '-')) return std::nullopt;
    name.text_[length++] = c;
    previous = c;
  }
  return name;
}

}  // namespace hythe
