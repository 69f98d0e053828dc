// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/unique_fd.h"
#include "helpers/container/claim.h"
#include "helpers/container/end.h"

namespace hythe::container {

/// A running container: its init, which is our own child, and our ends of its 0, 1 and 2.
/// Those are always pipes that were made here: crun gives whatever it finds there to the
/// container's user, who could then change the mode of the host's /dev/null, or of a log.
struct Running {
  pid_t pid;  // not yet waited for, so nobody else's
  UniqueFd pidfd;
  UniqueFd input;
  UniqueFd output;
  UniqueFd errors;  // empty when stderr goes the way of stdout

  /// SIGKILL for all of it.
  void kill(const ContainerId& id) const;
  /// SIGTERM for all of it, by its init. False when that is not ready to pass it on, and then
  /// the command has not begun.
  [[nodiscard]] bool terminate() const;
};

/// Whether the process is hythe-init by now, and holds the signals that it passes on: by the
/// text of its /proc/PID/status.
[[nodiscard]] bool holds_signals(std::string_view status);

enum class Streams : std::uint8_t { separate, together };

/// What /app's ephemeral layer may hold, and whose it is.
struct Layer {
  std::uint32_t mib;
  unsigned owner;
};

/// Runs the bundle in the claim's directory. Call become_reaper() before. nullopt when crun
/// could not, after a complaint with crun's own words.
[[nodiscard]] std::optional<Running> run_container(const Claim& claim,
                                                   std::optional<Layer> layer, Streams streams);

/// Whoever is left without a parent becomes a child of this process: so it, and not a crun
/// that stays resident, learns how a container ended.
[[nodiscard]] bool become_reaper();

/// Waits for whoever else has become a child of this process and has ended.
void reap_orphans(const Running& running);

/// Waits for a container whose pidfd says that it has ended, and for every other orphan.
[[nodiscard]] End reap(const Running& running, const ContainerId& id);

/// Where crun keeps what it knows of the containers that it runs, a directory each.
inline constexpr const char* kCrunState = "/run/hythe/crun";

/// Removes what crun knows of a container, killing it if it runs. Nothing when it knows
/// nothing.
void forget_container(const ContainerId& id);

}  // namespace hythe::container
