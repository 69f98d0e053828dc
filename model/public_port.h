// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/app_name.h"

namespace hythe {

/// Ports of the host, both ends included.
struct PortRange {
  unsigned first = 20'000;
  unsigned last = 20'999;

  /// "20000-20999" or "20000". Throws PushError naming `key` for anything else, and for ports
  /// that root gives to nobody.
  [[nodiscard]] static PortRange parse(std::string_view text, std::string_view key);
  [[nodiscard]] std::string text() const;
  [[nodiscard]] bool contains(unsigned port) const { return port >= first && port <= last; }
};

/// The port of the host at which an app's `tcp` containers are reached. Root has given it,
/// remembers it from deployment to deployment, and is asked.
[[nodiscard]] std::optional<unsigned> public_port(const AppName& app);

/// The same, after a port of the range has become the app's, unless it has one already. Throws
/// PushError with hythe-route's message when none is free. Needs the app's lock.
unsigned claim_any_port(const AppName& app, const PortRange& range);
/// A certain one instead, also while connections come: those that are established stay.
void claim_port(const AppName& app, unsigned port);
/// It is free for other apps, and leads nowhere.
void free_port(const AppName& app);

}  // namespace hythe
