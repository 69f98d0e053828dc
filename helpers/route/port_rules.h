// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "core/app_name.h"
#include "helpers/lock.h"
#include "helpers/route/route_tables.h"
#include "helpers/route/serve.h"

namespace hythe::route_helper {

/// Held by whoever changes which lane is live, or where a port leads.
[[nodiscard]] root::Lock lock_lanes() noexcept;

/// Has the kernel lead the app's port to `lane`: in one transaction that touches no other
/// app, unless that fails; then all ports are written anew, since somebody has tampered with
/// the table. Without a lane, or `tcp` containers in it, the port leads nowhere, and so does
/// `former`, a port that the app had. False, with `failure` and nothing changed, when the
/// kernel refuses that. Does nothing for an app without either port. Needs lock_lanes().
[[nodiscard]] bool lead_port(const RouteTables& tables, const AppName& app,
                             std::optional<Lane> lane, unsigned former,
                             Failure& failure) noexcept;

/// All ports lead to the live lanes of their apps. Needs lock_lanes().
[[nodiscard]] bool lead_all_ports(const RouteTables& tables, Failure& failure) noexcept;

/// What the kernel has now, for a look at many apps.
class PortListing {
 public:
  [[nodiscard]] static PortListing take() noexcept;
  /// Whether the app's port leads where it should, which is to say nothing for an app that
  /// needs none.
  [[nodiscard]] bool is_right(const RouteTables& tables, const AppName& app) const noexcept;

 private:
  explicit PortListing(std::string_view listing) noexcept : listing_(listing) {}
  std::string_view listing_;  // static memory: there is one at a time
};

}  // namespace hythe::route_helper
