// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/ending.h"

#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "helpers/container/claim.h"
#include "helpers/container/complain.h"
#include "helpers/container/crun.h"
#include "helpers/container/file.h"
#include "helpers/container/state_file.h"
#include "helpers/deadline.h"

namespace hythe::container {
namespace {

/// A kill is done in some 25 ms; a machine that is short of memory may take its time.
constexpr int kKillMs = 10'000;

/// The grace that a monitor gives, and what a kill may take.
constexpr int kHaltMs = 30'000 + kKillMs;

/// By pidfd: never to a process that has the same number by chance.
void send(const UniqueFd& process, int number) {
  ::syscall(SYS_pidfd_send_signal, process.get(), number, nullptr, 0U);
}

bool wait_for(const UniqueFd& process, root::Deadline deadline) {
  struct pollfd end = {.fd = process.get(), .events = POLLIN, .revents = 0};
  return ::poll(&end, 1, deadline.remaining_ms()) == 1;
}

/// A container whose monitor was killed: with the claim in our hands it is ours to remove.
void remove_abandoned(const ContainerId& id) {
  if (const auto claim = Claim::take(id)) forget_container(id);
}

/// Whoever holds the container was told to end. Returns when it has, and the container with
/// it; at the deadline by force.
void see_off(const ContainerId& id, root::Deadline deadline) {
  const UniqueFd holder = holder_of(id);
  if (!holder) return remove_abandoned(id);
  if (wait_for(holder, deadline)) return;
  send(holder, SIGKILL);  // it does not do what it is told; its container is then ours
  (void)wait_for(holder, root::Deadline::in_ms(1'000));
  remove_abandoned(id);
  complain("the monitor of '", id.text(), "' had to be killed");
}

std::vector<ContainerId> containers_of_type(const AppName& app, Lane lane,
                                            const ProcessType& type) {
  std::vector<ContainerId> ids = containers_of(app, lane);
  std::erase_if(ids, [&](const ContainerId& id) {
    const std::string path = directory_of(id) + "/state";
    return type_in_state(read_file(path.c_str(), 4096).value_or("")) != type.view();
  });
  return ids;
}

}  // namespace

void remove_abandoned(const AppName& app, Lane lane) {
  for (const ContainerId& id : containers_of(app, lane))
    if (!holder_of(id)) remove_abandoned(id);
}

void ask_to_stop(const ContainerId& id) {
  const UniqueFd holder = holder_of(id);
  if (holder)
    send(holder, SIGTERM);
  else
    remove_abandoned(id);
}

bool kill_all(const AppName& app, std::optional<Lane> lane) {
  const auto deadline = root::Deadline::in_ms(kKillMs);
  // All at once, and then each; what was started meanwhile is found in the next round.
  for (auto ids = containers_of(app, lane); !ids.empty(); ids = containers_of(app, lane)) {
    if (deadline.has_passed()) {
      complain("'", ids.front().text(), "' does not go away");
      return false;
    }
    for (const ContainerId& id : ids)
      if (const UniqueFd holder = holder_of(id)) send(holder, SIGINT);
    for (const ContainerId& id : ids) see_off(id, deadline);
  }
  return true;
}

bool halt_type(const AppName& app, Lane lane, const ProcessType& type) {
  const auto deadline = root::Deadline::in_ms(kHaltMs);
  const auto left = [&] { return containers_of_type(app, lane, type); };
  // A monitor that was just being killed leaves its container, which the next round removes.
  for (auto ids = left(); !ids.empty(); ids = left()) {
    if (deadline.has_passed()) {
      complain("the containers of '", type.view(), "' do not go away");
      return false;
    }
    for (const ContainerId& id : ids)
      if (const UniqueFd holder = holder_of(id)) send(holder, SIGUSR1);
    for (const ContainerId& id : ids) see_off(id, deadline);
  }
  return true;
}

}  // namespace hythe::container
