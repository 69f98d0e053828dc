// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/slot.h"

namespace hythe::container {

/// Which name servers containers use.
struct Resolvers {
  static constexpr std::size_t kMax = 3;  // as many as resolv.conf(5) reads

  std::vector<Address> servers{};  // never loopback, never empty once resolved
  std::string others{};            // `search` and `options` lines, as they were

  /// Reads the text of a resolv.conf. Name servers that a container cannot reach (loopback,
  /// IPv6) are left out. Lines other than those three kinds are dropped.
  [[nodiscard]] static Resolvers parse(std::string_view text);
  [[nodiscard]] bool has(Address address) const;
  /// The resolv.conf of a container.
  [[nodiscard]] std::string text() const;
};

/// Those of the host: /etc/resolv.conf; when it names only a stub on loopback, what
/// systemd-resolved itself asks; and when there is nothing but loopback, the host's end of
/// the container's link, where a resolver that listens on all addresses answers.
[[nodiscard]] Resolvers resolvers_of_host();

}  // namespace hythe::container
