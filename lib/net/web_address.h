// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace hythe {

/// An http or https address, in parts that mean the same to everybody: nothing in it can be
/// read in two ways.
struct WebAddress {
  bool is_secure = false;
  std::string user{};  // "name:password", decoded; "" when there is none
  std::string host{};  // lower case, or an address of IPv4, or one of IPv6 in brackets
  unsigned port = 0;
  std::string path{};   // with the '/'
  std::string query{};  // with the '?'

  [[nodiscard]] static bool looks_like_one(std::string_view text);
  /// Throws PushError (EX_USAGE), in which none of its secrets is.
  [[nodiscard]] static WebAddress parse(std::string_view text);

  /// Without the user.
  [[nodiscard]] std::string text() const;
  /// For lists, logs and records: without the query as well, which may have a key in it.
  [[nodiscard]] std::string shown() const;
  [[nodiscard]] bool has_same_origin(const WebAddress& other) const;
};

}  // namespace hythe
