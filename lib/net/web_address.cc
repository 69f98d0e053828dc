// SPDX-License-Identifier: Apache-2.0
#include "lib/net/web_address.h"

#include <strings.h>
#include <sysexits.h>

#include <algorithm>

#include "lib/errors.h"
#include "lib/net/authority.h"

namespace hythe {
namespace {

constexpr std::string_view kPlain = "http://";
constexpr std::string_view kSecure = "https://";
constexpr std::size_t kLongest = 4000;

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
  const auto end = std::min(text.find_first_of("/?"), text.size());
  auto authority = Authority::parse(text.substr(0, end));
  if (const auto* fault = std::get_if<Authority::Fault>(&authority)) refuse(fault->what);
  auto& whom = std::get<Authority>(authority);
  address.user = decoded(whom.user);
  address.host = std::move(whom.host);
  address.port = whom.port.value_or(address.is_secure ? 443 : 80);
  text.remove_prefix(end);
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
