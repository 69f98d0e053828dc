// SPDX-License-Identifier: Apache-2.0
#include "lib/net/domain_name.h"

#include <idn2.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "core/lower_case.h"
#include "lib/errors.h"
#include "lib/printable.h"

namespace hythe {
namespace {

struct Free {
  void operator()(char* text) const { std::free(text); }
};
using IdnText = std::unique_ptr<char, Free>;

constexpr std::string_view kWildcard = "*.";

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_label(std::string_view text) {
  constexpr std::size_t kLongest = 63;
  return !text.empty() && text.size() <= kLongest && text.front() != '-' &&
         text.back() != '-' &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") ==
             std::string_view::npos;
}

}  // namespace

bool is_dns_name(std::string_view text) {
  constexpr std::size_t kLongest = 253;
  if (text.size() > kLongest) return false;
  for (std::size_t begin = 0; begin <= text.size();) {
    const auto end = std::min(text.find('.', begin), text.size());
    if (!is_label(text.substr(begin, end - begin))) return false;
    begin = end + 1;
  }
  return true;
}

std::string to_ascii_domain(std::string_view typed) {
  if (is_ascii(typed)) return lower_case(typed);
  const bool is_wildcard = typed.starts_with(kWildcard);
  const std::string name(is_wildcard ? typed.substr(kWildcard.size()) : typed);
  char* out = nullptr;
  // As browsers do it (UTS 46): upper case and wide letters are mapped, 'ß' stays itself.
  const int code = name.find('\0') != std::string::npos
                       ? IDN2_DISALLOWED
                       : ::idn2_to_ascii_8z(name.c_str(), &out, IDN2_NONTRANSITIONAL);
  const IdnText ascii(out);
  if (code != IDN2_OK)
    throw PushError(concat("'", is_utf8(typed) ? typed : printable(typed),
                           "' is not a domain: ", ::idn2_strerror(code)));
  return concat(is_wildcard ? kWildcard : "", ascii.get());
}

std::string to_unicode_domain(std::string_view ascii) {
  const bool is_wildcard = ascii.starts_with(kWildcard);
  const std::string name(is_wildcard ? ascii.substr(kWildcard.size()) : ascii);
  char* out = nullptr;
  const int code = ::idn2_to_unicode_8z8z(name.c_str(), &out, 0);
  const IdnText unicode(out);
  if (code != IDN2_OK) return std::string(ascii);
  return concat(is_wildcard ? kWildcard : "", printable(unicode.get()));
}

std::string with_readable(const std::string& ascii) {
  const std::string readable = to_unicode_domain(ascii);
  return readable == ascii ? ascii : concat(ascii, "  (", readable, ')');
}

}  // namespace hythe
