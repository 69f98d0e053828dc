// SPDX-License-Identifier: Apache-2.0
#include "helpers/route/domain.h"

namespace hythe::route_helper {
namespace {

constexpr std::size_t kMaxDomain = 253;
constexpr std::size_t kMaxLabel = 63;

/// Takes the part before `separator` off the front, and the separator with it.
std::string_view take_until(std::string_view& rest, char separator) noexcept {
  const std::size_t at = rest.find(separator);
  const std::string_view part(rest.data(), at == std::string_view::npos ? rest.size() : at);
  rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + 1);
  return part;
}

bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

bool is_all_digits(std::string_view label) noexcept {
  for (const char c : label)
    if (!is_digit(c)) return false;
  return true;
}

const char* fault_of_label(std::string_view label) noexcept {
  if (label.empty()) return "has an empty label";
  if (label.size() > kMaxLabel) return "has a label of more than 63 characters";
  for (const char c : label)
    if (!is_digit(c) && (c < 'a' || c > 'z') && c != '-')
      return "is not a domain: only a-z, 0-9, '-' and '.' are allowed";
  if (label.front() == '-' || label.back() == '-') return "has a label that '-' begins or ends";
  // RFC 5891: these two places are IDNA's, and only "xn--" with something after it is in use.
  if (label.size() > 3 && label[2] == '-' && label[3] == '-' &&
      (!label.starts_with("xn--") || label.size() == 4))
    return "has a label with '--' that is not IDNA";
  return nullptr;
}

}  // namespace

const char* fault_of_domain(std::string_view text) noexcept {
  if (text.empty()) return "is empty";
  if (text.size() > kMaxDomain) return "is longer than 253 characters";
  std::string_view rest = text;
  if (rest.starts_with("*.")) rest.remove_prefix(2);
  if (rest.empty() || rest.back() == '.') return "has an empty label";
  std::size_t labels = 0;
  std::string_view last;
  while (!rest.empty()) {
    last = take_until(rest, '.');
    if (const char* fault = fault_of_label(last)) return fault;
    ++labels;
  }
  if (labels < 2) return "is not a full domain: it needs two labels";
  if (is_all_digits(last)) return "is an address, not a domain";
  return nullptr;
}

std::optional<DomainFault> add_domain(std::string_view word, DomainList& list) noexcept {
  const auto domain = Domain::parse(word);
  if (!domain) return DomainFault{word, fault_of_domain(word)};
  if (list.contains(word)) return DomainFault{word, "is given twice"};
  if (!list.add(*domain)) return DomainFault{word, "is one domain too many: 64 at most"};
  return std::nullopt;
}

std::optional<DomainFault> parse_domains(std::string_view text, DomainList& list) noexcept {
  while (!text.empty())
    if (const auto fault = add_domain(take_until(text, '\n'), list)) return fault;
  return std::nullopt;
}

}  // namespace hythe::route_helper
