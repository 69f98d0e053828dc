// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "helpers/container/container_id.h"
#include "helpers/container/crun.h"
#include "helpers/container/disk_reserve.h"
#include "helpers/container/end.h"
#include "helpers/container/relay.h"

namespace hythe::container {

/// How an attended container ended, and whether its time was up.
struct Attended {
  End end;
  bool timed_out = false;
  bool filled_disk = false;
};

/// When an attended container has to end before it does so by itself.
struct Terms {
  std::uint32_t seconds = 0;             // 0: no limit
  const DiskReserve* reserve = nullptr;  // when it touches that of a disk, if there is one
  bool is_patient = false;               // asked first, and not killed at once (dismissal.h)
};

/// Stays with a build or one-off until it is over: passes bytes both ways, `out` being the one
/// for what it says on its stdout, and ends it when the lease is lost, when we are told to stop
/// (`signals`, of open_stop_signals()), and by its terms. Returns when all that it has said has
/// been passed on.
[[nodiscard]] Attended attend(Running& running, const ContainerId& id, Relay& out,
                              const UniqueFd& signals, const Terms& terms);

/// "1 second", "90 seconds"
[[nodiscard]] std::string seconds_text(std::uint32_t seconds);

/// On stdout: `timeout 1`, `disk 1`, `oom 1` and `pids 1` where they apply, then `exit CODE` or
/// `signal NUMBER`.
void answer_end(const Attended& attended);

}  // namespace hythe::container
