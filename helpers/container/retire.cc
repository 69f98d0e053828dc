// SPDX-License-Identifier: Apache-2.0
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>

#include "helpers/container/background.h"
#include "helpers/container/ending.h"
#include "helpers/container/file.h"
#include "helpers/container/slots.h"
#include "helpers/container/state_file.h"
#include "helpers/container/verbs.h"
#include "helpers/deadline.h"
#include "helpers/die.h"
#include "helpers/lane_marker.h"
#include "helpers/tcp_table.h"

namespace hythe::container {
namespace {

/// Most drains are over at once, and others may last for an hour: the longer one has taken, the
/// longer until the next look.
constexpr int kFirstPollMs = 25;
constexpr int kLastPollMs = 1000;
constexpr int kPollPart = 16;  // of the time gone by
/// nginx may have chosen the old lane a moment before the switch, and not yet connected.
constexpr int kAtLeastMs = 100;

pid_t pid_of(const ContainerId& id) {
  const std::string path = directory_of(id) + "/state";
  return pid_in_state(read_file(path.c_str(), 4096).value_or(""));
}

/// Whether somebody is connected to where containers of the lane serve. A pid may have been
/// reused: then the drain takes its full time at most.
bool is_connected(const std::vector<ContainerId>& ids) {
  return std::any_of(ids.begin(), ids.end(), [](const ContainerId& id) {
    const pid_t pid = pid_of(id);
    return pid > 0 && root::has_tcp_socket(pid, kAppPort, root::TcpState::connected);
  });
}

/// Returns when the time is over, or when no connection is left: seen twice, since between
/// two requests there may be none for a moment.
void drain(const std::vector<ContainerId>& ids, unsigned ms) {
  const auto end = root::Deadline::in_ms(static_cast<int>(ms));
  const auto at_least = root::Deadline::in_ms(kAtLeastMs);
  bool was_quiet = false;
  while (!end.has_passed()) {
    const bool is_quiet = !is_connected(ids);
    if (is_quiet && was_quiet && at_least.has_passed()) return;
    was_quiet = is_quiet;
    const int left = end.remaining_ms();
    const int gone = static_cast<int>(ms) - left;
    const int pause = std::clamp(gone / kPollPart, kFirstPollMs, kLastPollMs);
    (void)::poll(nullptr, 0, std::min(pause, left));
  }
}

}  // namespace

int retire(const LaunchRequest& request) {
  (void)require_slot(request.app);
  const auto ids = containers_of(request.app, request.lane);
  if (ids.empty()) return EX_OK;
  // The monitors of now: by the end of a long drain, others may have the lane's places.
  std::vector<UniqueFd> monitors;
  monitors.reserve(ids.size());
  for (const ContainerId& id : ids) monitors.push_back(holder_of(id));
  in_background([&] {
    drain(ids, request.drain_ms);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      // Another deployment may have made the lane live again: a monitor whose lane is live
      // does not retire (Monitor::signalled), and one that was killed serves no lane.
      if (monitors[i])
        ::syscall(SYS_pidfd_send_signal, monitors[i].get(), SIGTERM, nullptr, 0U);
      else if (root::live_lane(request.app) != request.lane)
        ask_to_stop(ids[i]);
    }
  });
  return EX_OK;
}

}  // namespace hythe::container
