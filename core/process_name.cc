// SPDX-License-Identifier: Apache-2.0
#include "core/process_name.h"

#include "core/decimal.h"

namespace hythe {
namespace {

bool is_letter(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

bool ProcessName::is_type(std::string_view text) noexcept {
  if (text.empty() || text.size() > kMaxTypeLength || !is_letter(text.front())) return false;
  for (const char c : text)
    if (!is_letter(c) && !(c >= '0' && c <= '9') && c != '-' && c != '_') return false;
  return true;
}

std::optional<ProcessName> ProcessName::parse(std::string_view text) noexcept {
  const auto dot = text.rfind('.');
  // Not substr(): it can throw, and helpers link without what that needs.
  if (dot == std::string_view::npos || !is_type({text.data(), dot})) return std::nullopt;
  const auto index = parse_decimal({text.data() + dot + 1, text.size() - dot - 1}, 999);
  if (!index || *index == 0) return std::nullopt;
  ProcessName name;
  for (std::size_t i = 0; i < text.size(); ++i) name.text_[i] = text[i];
  name.type_length_ = dot;
  name.index_ = static_cast<unsigned>(*index);
  return name;
}

}  // namespace hythe
