// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "helpers/container/address.h"
#include "helpers/container/program.h"

namespace hythe::container {

/// What may pass between containers, the host and the world: the nftables table `inet hythe`,
/// the same for all containers, so that it is loaded once and not touched by a start.
struct Firewall {
  std::vector<Address> resolvers{};
  std::vector<Network> egress{};  // private networks that the administrator opened
  /// The interfaces of the default routes, when forwarding was off until hythe turned it on.
  std::vector<std::string> guarded{};

  /// The ruleset, to be loaded in one transaction that replaces an older one.
  [[nodiscard]] std::string text() const;
};

/// Sees to it that the kernel has exactly that table, while the caller does other things.
class FirewallCheck {
 public:
  /// nullopt, with a complaint, when the host's configuration cannot be trusted.
  [[nodiscard]] static std::optional<FirewallCheck> begin(std::vector<Address> resolvers);
  /// Whether it has, without changing anything.
  [[nodiscard]] bool is_in_force();
  /// Returns when the table is in force; no container may run before it is. It is loaded
  /// again when somebody has changed or flushed it. False, with a complaint, on failure.
  [[nodiscard]] bool finish();

 private:
  FirewallCheck(std::string text, Program listing)
      : text_(std::move(text)), listing_(std::move(listing)) {}
  std::string text_;
  Program listing_;
};

}  // namespace hythe::container
