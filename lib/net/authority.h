// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace hythe {

/// "USER@HOST:PORT", the part of an address that says whom to connect to, where the first and
/// the last may be missing; of an URL (RFC 3986), or of scp's way without a port.
struct Authority {
  std::string user{};  // as it stands
  /// In lower case: a name of DNS, an address of IPv4 as inet_pton(3) takes it, or one of IPv6
  /// in brackets. Nothing that some programs take for an address and others for a name.
  std::string host{};
  std::optional<unsigned> port{};

  /// What is wrong with it, as the end of a sentence in which nothing of it stands.
  struct Fault {
    const char* what;
  };
  [[nodiscard]] static std::variant<Authority, Fault> parse(std::string_view text);
};

}  // namespace hythe
