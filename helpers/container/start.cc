// SPDX-License-Identifier: Apache-2.0
#include <poll.h>
#include <unistd.h>

#include "core/paths.h"
#include "helpers/container/app_trees.h"
#include "helpers/container/caller.h"
#include "helpers/container/cgroup.h"
#include "helpers/container/complain.h"
#include "helpers/container/installed_stack.h"
#include "helpers/container/monitor.h"
#include "helpers/container/place.h"
#include "helpers/container/slots.h"
#include "helpers/container/stop_signals.h"
#include "helpers/container/verbs.h"
#include "helpers/deadline.h"
#include "helpers/die.h"
#include "helpers/directory.h"

namespace hythe::container {
namespace {

/// Longer than a container has to end after SIGTERM.
constexpr int kPredecessorMs = 40'000;

/// The place of the last container of that lane and position, which may still be on its way
/// out. Nothing when it does not go, when we are told to stop, or when nobody wants it
/// any more.
std::optional<Claim> wait_for_claim(const ContainerId& id, const UniqueFd& signals) {
  const auto deadline = root::Deadline::in_ms(kPredecessorMs);
  while (!deadline.has_passed()) {
    if (auto claim = Claim::take(id)) return claim;
    const UniqueFd holder = holder_of(id);
    // Without a holder it has just gone, or cannot be had at all.
    const int wait_ms = holder ? deadline.remaining_ms() : 10;
    struct pollfd events[] = {{.fd = holder.get(), .events = POLLIN, .revents = 0},
                              {.fd = signals.get(), .events = POLLIN, .revents = 0},
                              {.fd = STDOUT_FILENO, .events = 0, .revents = 0}};
    (void)::poll(events, std::size(events), wait_ms);
    if (events[1].revents != 0 || events[2].revents != 0) return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

int start(const LaunchRequest& request) {
  const Slot slot = require_slot(request.app);
  const auto stack = remembered_stack(require_release(request.app, request.release, slot));
  std::string bytes = read_spec();
  const ContainerSpec spec = parse_spec(bytes);
  // When the lease is lost, the lanes are asked. They must be there to answer.
  (void)root::Directory::make(paths::kLanes, 0755);

  // What will outlive the deployment belongs to no session or cgroup of it. A caller who has
  // made us the leader of a process group keeps us in his session.
  ::setsid();
  leave_callers_cgroup();
  UniqueFd signals = open_stop_signals();

  const ContainerId id{request.app, request.lane, request.position};
  auto claim = wait_for_claim(id, signals);
  if (!claim) {
    complain("'", id.text(), "' is still held by its last container");
    return EX_TEMPFAIL;
  }
  State state{.release = request.release, .name = std::string(request.name->view())};
  state.save(*claim);
  // Whoever takes our place, since our deployment is gone, looks for us by now, or is seen
  // here: so nothing runs that nobody knows of.
  if (is_lease_lost()) return EX_TEMPFAIL;
  auto place =
      Place::make(std::move(*claim), slot, {.release = request.release, .stack = stack},
                  host_name_of(request.app, request.name->view()), spec, bytes);
  auto running = place ? place->run(Streams::together) : std::nullopt;
  if (!running) return EX_SOFTWARE;
  const std::uint32_t restarts = spec.restarts;
  bytes = std::string();  // and with it all that the spec looks into
  answer("address", address_of(slot, request.lane, request.position).text().c_str);
  answer("started", std::to_string(running->pid));

  Monitor(
      std::move(*place), std::move(*running), std::move(signals), std::move(state),
      PortShare(request.app, *request.name, address_of(slot, request.lane, request.position)),
      restarts)
      .run();
  return EX_OK;
}

}  // namespace hythe::container
