// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "helpers/container/container_id.h"
#include "helpers/container/crun.h"
#include "helpers/container/disk_reserve.h"
#include "helpers/container/end.h"

namespace hythe::container {

/// What a container says on its stdout, and so what the caller gets on ours.
enum class Says : std::uint8_t { answers, bytes };

/// How an attended container ended, and whether its time was up.
struct Attended {
  End end;
  bool timed_out = false;
  bool filled_disk = false;
};

/// Stays with a build or one-off until it is over: passes bytes both ways, and kills it when
/// the lease is lost, when we are told to stop (`signals`, of open_stop_signals()), when
/// `seconds` (0: no limit) are over, or when it touches the reserve of a disk, if there is one
/// to guard. Returns when all that it has said has been passed on.
[[nodiscard]] Attended attend(Running& running, const ContainerId& id, Says says,
                              const UniqueFd& signals, std::uint32_t seconds,
                              const DiskReserve* reserve = nullptr);

/// On stdout: `timeout 1`, `disk 1`, `oom MIB`, `victim NAME` and `pids 1` where they apply,
/// then `exit CODE` or `signal NUMBER`.
void answer_end(const Attended& attended);

}  // namespace hythe::container
