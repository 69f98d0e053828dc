// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <climits>
#include <cstdint>

#include "core/app_name.h"
#include "core/process_name.h"
#include "core/slot.h"

namespace hythe::container {

/// Has hythe-route lead every app's port to where it belongs; false, with a complaint, when it
/// does not.
[[nodiscard]] bool balance_all_ports();

/// The share that a `tcp` container of the live lane has of the connections to its app's port.
/// nginx passes over a server that refuses; the kernel does not. So the others get its share
/// while it is down. A container of another type has none, and is left alone.
class PortShare {
 public:
  PortShare(const AppName& app, const ProcessName& name, Address address)
      : app_(app), address_(address), has_port_(name.type() == "tcp") {}

  [[nodiscard]] bool has_port() const { return has_port_; }
  /// Its processes are gone, and the kernel has told their clients. It forgets those
  /// connections: a client that comes back by the port that it had would be translated as
  /// before, for as long as the kernel remembers, and reach nobody.
  void forget_connections() const;
  /// It is down, and others are not.
  void give_up();
  /// It runs again: it gets its share back when it listens, which the kernel announces to
  /// nobody and has to be looked for.
  void await(pid_t pid);
  /// When to look; INT64_MAX when there is nothing to look for.
  [[nodiscard]] std::int64_t look_at_ms() const { return look_at_ms_; }
  void look();

 private:
  AppName app_;
  Address address_;
  bool has_port_;
  pid_t pid_ = 0;
  std::int64_t look_at_ms_ = INT64_MAX;
  std::int64_t pause_ms_ = 0;  // until the next look: longer each time
};

}  // namespace hythe::container
