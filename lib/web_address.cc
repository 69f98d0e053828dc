// SPDX-License-Identifier: Apache-2.0
#include "lib/web_address.h"

#include <strings.h>
#include <sysexits.h>

#include <algorithm>

#include "core/decimal.h"
#include "core/lower_case.h"
#include "lib/errors.h"
#include "lib/network.h"

namespace hythe {
namespace {

constexpr std::string_view kPlain = "http://";
constexpr std::string_view kSecure = "https://";
constexpr std::size_t kLongest = 4000;
constexpr std::size_t kLongestHost = 253;

[[noreturn]] void refuse(const char* why) {
  throw PushError(
      concat("the address of the archive ", why, "\nit is of the form https://HOST/PATH"),
      EX_USAGE);
}

bool begins_with(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() &&
         ::strncasecmp(text.data(), prefix.data(), prefix.size()) == 0;
}

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size() || digit(text[i + 1]) < 0 || digit(text[i + 2]) < 0)
        refuse("has a '%' that stands for nothing");
      c = static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
      i += 2;
      if (static_cast<unsigned char>(c) < ' ') refuse("has a control character in it");
    }
    out += c;
  }
  return out;
}

/// "0x7f.1", "2130706433" and "010.0.0.1" are addresses to some, in different ways.
std::string parse_host(std::string_view text) {
  if (text.starts_with('[')) {
    const auto address =
        text.ends_with(']') ? IpAddress::parse(text.substr(1, text.size() - 2)) : std::nullopt;
    if (!address || text.find('.') != std::string_view::npos)
      refuse("has no proper address in its brackets");
    return std::string(text);
  }
  std::string host = lower_case(text);
  if (host.empty() || host.size() > kLongestHost || host.front() == '-' ||
      host.front() == '.' ||
      host.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") != std::string::npos)
    refuse("has no proper host in it");
  const std::string last = host.substr(host.rfind('.') + 1);
  const bool is_numeric =
      last.find_first_not_of("0123456789") == std::string::npos || last.starts_with("0x");
  if (is_numeric && (!IpAddress::parse(host) || IpAddress::parse(host)->text() != host))
    refuse("has a number for a host that is no address");
  return host;
}

}  // namespace

bool WebAddress::looks_like_one(std::string_view text) {
  const auto colon = text.find("://");
  return colon != std::string_view::npos && colon > 0 &&
         text.substr(0, colon).find_first_of("/.") == std::string_view::npos;
}

WebAddress WebAddress::parse(std::string_view text) {
  if (text.size() > kLongest) refuse("is too long");
  if (std::any_of(text.begin(), text.end(),
                  [](char c) { return c <= ' ' || c >= '\x7f' || c == '"' || c == '\\'; }))
    refuse("has a character that must be encoded");
  WebAddress address;
  address.is_secure = begins_with(text, kSecure);
  if (!address.is_secure && !begins_with(text, kPlain)) refuse("is neither http nor https");
  text.remove_prefix(address.is_secure ? kSecure.size() : kPlain.size());
  text = text.substr(0, text.find('#'));
  std::string_view authority = text.substr(0, text.find_first_of("/?"));
  text.remove_prefix(authority.size());
  if (const auto at = authority.find('@'); at != std::string_view::npos) {
    if (authority.find('@', at + 1) != std::string_view::npos) refuse("has two '@' in it");
    address.user = decoded(authority.substr(0, at));
    authority.remove_prefix(at + 1);
  }
  const auto colon = authority.rfind(':');
  const auto bracket = authority.rfind(']');
  address.port = address.is_secure ? 443 : 80;
  if (colon != std::string_view::npos &&
      (bracket == std::string_view::npos || colon > bracket)) {
    const auto port = parse_decimal(authority.substr(colon + 1), 65535);
    if (!port || *port == 0) refuse("has no proper port in it");
    address.port = static_cast<unsigned>(*port);
    authority = authority.substr(0, colon);
  }
  address.host = parse_host(authority);
  const auto question = text.find('?');
  address.path = text.substr(0, question);
  if (address.path.empty()) address.path = "/";
  if (question != std::string_view::npos) address.query = text.substr(question);
  return address;
}

std::string WebAddress::text() const {
  return shown() + query;
}

std::string WebAddress::shown() const {
  const bool is_usual = port == (is_secure ? 443U : 80U);
  return concat(is_secure ? kSecure : kPlain, host, is_usual ? "" : concat(':', port), path);
}

bool WebAddress::has_same_origin(const WebAddress& other) const {
  return is_secure == other.is_secure && host == other.host && port == other.port;
}

}  // namespace hythe
