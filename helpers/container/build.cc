// SPDX-License-Identifier: Apache-2.0
#include <poll.h>

#include <string>

#include "core/paths.h"
#include "helpers/container/app_trees.h"
#include "helpers/container/attend.h"
#include "helpers/container/background.h"
#include "helpers/container/builds.h"
#include "helpers/container/caller.h"
#include "helpers/container/clock.h"
#include "helpers/container/installed_stack.h"
#include "helpers/container/measure.h"
#include "helpers/container/place.h"
#include "helpers/container/slots.h"
#include "helpers/container/state_file.h"
#include "helpers/container/stop_signals.h"
#include "helpers/container/verbs.h"
#include "helpers/deadline.h"
#include "helpers/die.h"

namespace hythe::container {
namespace {

/// The kernel takes some 30 ms to end a network, and who makes one meanwhile waits for it: the
/// containers of this very deployment. So the end is put off a little.
void linger(const UniqueFd& signals) {
  constexpr int kLingerMs = 1'000;
  const auto deadline = root::Deadline::in_ms(kLingerMs);
  struct pollfd told = {.fd = signals.get(), .events = POLLIN, .revents = 0};
  // The ends of children are among what is told.
  while (next_stop_signal(signals) == 0 && !deadline.has_passed())
    (void)::poll(&told, 1, deadline.remaining_ms());
}

}  // namespace

int build(const LaunchRequest& request) {
  const AppName& app = request.app;
  const Slot slot = require_slot(app);
  const std::string bytes = read_spec();
  const ContainerSpec spec = parse_spec(bytes);
  const UniqueFd signals = open_stop_signals();
  auto claim = claim_one_off(app);
  if (!claim) return EX_UNAVAILABLE;

  // An app has one deployment at a time, under its lock: older builds are nobody's.
  forget_builds(app, 0);
  const Build build = Build::make(app, request.deployment, slot);
  const auto stack = choose_stack(*request.stack, build.directory());
  (void)open_cache(app, slot);
  in_background([&] {
    yield_to_others();
    sweep_builds(app, slot);
  });

  auto place =
      Place::make(std::move(*claim), slot, {.deployment = request.deployment, .stack = stack},
                  host_name_of(app, "build"), spec, bytes);
  auto running = place ? place->run(Streams::separate) : std::nullopt;
  if (!running) return EX_SOFTWARE;
  answer(kStackAnswer, stack ? stack->view() : StackName::host().view());
  State{
      .name = "build", .status = Status::running, .pid = running->pid, .started_ms = unix_ms()}
      .save(place->claim());
  const DiskReserve reserve(paths::kBuilds);
  AnswerRelay out(running->output.get(), STDOUT_FILENO, Relay::kToCaller);
  const Attended attended = attend(*running, place->id(), out, signals,
                                   {.seconds = spec.seconds, .reserve = &reserve});
  if (attended.end.signal == 0 && attended.end.code == 0) {
    // Nothing of the app runs beside it any more, so what is measured is what is released.
    const std::string built =
        std::string("tree/").append(app.view()) + "-" + std::to_string(request.deployment);
    answer(kSizeAnswer, std::to_string(measure(build.directory().fd(), built.c_str())));
    build.finish();
  } else {
    // What failed, or was not wanted any more, is nobody's.
    forget_builds(app, request.deployment);
    in_background([&] { sweep_builds(app, slot); });
  }
  // The deployment goes on: nothing of the container runs any more. What is left of it is
  // removed behind its back.
  answer_end(attended);
  leave_caller();
  place->clear();
  linger(signals);
  return EX_OK;
}

}  // namespace hythe::container
