// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/app_trees.h"
#include "helpers/container/attend.h"
#include "helpers/container/caller.h"
#include "helpers/container/clock.h"
#include "helpers/container/complain.h"
#include "helpers/container/installed_stack.h"
#include "helpers/container/place.h"
#include "helpers/container/slots.h"
#include "helpers/container/state_file.h"
#include "helpers/container/stop_signals.h"
#include "helpers/container/verbs.h"
#include "helpers/die.h"

namespace hythe::container {

int run(const LaunchRequest& request) {
  const Slot slot = require_slot(request.app);
  const auto stack = remembered_stack(require_release(request.app, request.release, slot));
  const std::string bytes = read_spec();
  const ContainerSpec spec = parse_spec(bytes);

  const UniqueFd signals = open_stop_signals();
  auto claim = claim_one_off(request.app);
  if (!claim) return kCannotRun;
  auto place =
      Place::make(std::move(*claim), slot, {.release = request.release, .stack = stack},
                  host_name_of(request.app, request.name->view()), spec, bytes);
  auto running = place ? place->run(Streams::separate) : std::nullopt;
  if (!running) return kCannotRun;
  State{.release = request.release,
        .name = std::string(request.name->view()),
        .status = Status::running,
        .pid = running->pid,
        .started_ms = unix_ms()}
      .save(place->claim());
  const Attended attended = attend(*running, place->id(), Says::bytes, signals, spec.seconds);
  place->clear();
  if (attended.end.out_of_memory)
    complain("out of memory: the limit is ", std::to_string(spec.memory_mib), " MiB");
  return attended.end.signal != 0 ? 128 + attended.end.signal : attended.end.code;
}

}  // namespace hythe::container
