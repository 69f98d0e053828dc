// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/helper_contract.h"
#include "helpers/container/backoff.h"
#include "helpers/container/log_file.h"
#include "helpers/container/log_pace.h"
#include "helpers/container/place.h"
#include "helpers/container/port_share.h"
#include "helpers/container/state_file.h"

namespace hythe::container {

/// Stays with a started container: writes its log, its state, and how it ended.
///
/// At first somebody holds the lease, and an end is an answer. When the lease is lost the
/// container is killed, unless its lane is the one that is live: then it is nobody's but the
/// monitor's, which starts it again whenever it ends, until it is told to stop.
class Monitor {
 public:
  /// `state` has the release and the name in it; `signals` is of open_stop_signals();
  /// `restarts` is how often in a row it may end before it is left alone.
  Monitor(Place place, Running running, UniqueFd signals, State state, PortShare port,
          std::uint32_t restarts);

  /// Returns when there is nothing left to be monitored.
  void run();

 private:
  enum class Phase : std::uint8_t { leased, alone, stopping, over };

  void watch();
  [[nodiscard]] int wait_ms() const;
  void read_log();
  void lease_lost();
  void signalled(int number);
  void stop(std::int64_t grace_ms);
  void container_ended();
  void start_again();
  void schedule_restart(std::int64_t ran_ms, const std::string& what);
  void save(Status status);

  Place place_;
  std::optional<Running> running_;
  UniqueFd signals_;
  LogFile log_;
  State state_;
  Phase phase_ = Phase::leased;
  Backoff backoff_;
  PortShare port_;
  std::int64_t running_since_ms_;
  std::int64_t kill_at_ms_ = 0;     // while stopping
  std::int64_t restart_at_ms_ = 0;  // while alone and without a container; never: crashed
  LogPace log_pace_{};
};

}  // namespace hythe::container
