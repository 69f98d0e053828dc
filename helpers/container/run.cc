// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/attend.h"
#include "helpers/container/complain.h"
#include "helpers/container/one_off.h"
#include "helpers/container/stop_signals.h"
#include "helpers/container/verbs.h"

namespace hythe::container {

int run(const LaunchRequest& request) {
  const OneOffSpec spec(request);
  const UniqueFd signals = open_stop_signals();
  auto claim = claim_one_off(request.app);
  auto one_off = claim ? spec.start(std::move(*claim), Streams::separate) : std::nullopt;
  if (!one_off) return kCannotRun;
  auto& [place, running] = *one_off;
  Relay out(running.output.get(), STDOUT_FILENO, Relay::kToCaller);
  const Attended attended =
      attend(running, place.id(), out, signals, {.seconds = spec.limits().seconds});
  place.clear();
  if (attended.end.out_of_memory) complain("out of memory: ", attended.end.whose_memory());
  return exit_code_of(attended.end);
}

}  // namespace hythe::container
