// SPDX-License-Identifier: Apache-2.0
#include "inside/build/credentials.h"

#include <algorithm>
#include <cstdint>

namespace hythe::builder {
namespace {

/// Where the user begins and ends; empty when there is none.
std::string_view user_in(std::string_view url) {
  if (!url.starts_with("http://") && !url.starts_with("https://")) return "";
  const auto begin = url.find("://") + 3;
  const auto end = std::min(url.find('/', begin), url.size());
  const auto at = url.substr(0, end).rfind('@');
  return at == url.npos || at < begin ? "" : url.substr(begin, at - begin);
}

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_code = text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 &&
                         digit(text[i + 2]) >= 0;
    out += is_code ? static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2])) : text[i];
    if (is_code) i += 2;
  }
  return out;
}

std::string base64(std::string_view bytes) {
  constexpr const char* kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t j = i; j < i + 3; ++j)
      group = group << 8U | (j < bytes.size() ? static_cast<unsigned char>(bytes[j]) : 0U);
    for (std::size_t j = 0; j < 4; ++j)
      out += i + j > bytes.size() ? '=' : kAlphabet[group >> (18U - 6U * j) & 0x3FU];
  }
  return out;
}

}  // namespace

std::string without_user(std::string_view url) {
  const auto user = user_in(url);
  if (user.empty()) return std::string(url);
  std::string out(url);
  return out.erase(out.find("://") + 3, user.size() + 1);
}

std::string authorization_for(std::string_view url) {
  const auto user = user_in(url);
  if (user.empty()) return "";
  std::string text = percent_decoded(user);
  if (user.find(':') == user.npos) text += ':';  // a token alone is a user without password
  return "Authorization: Basic " + base64(text);
}

}  // namespace hythe::builder
