// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "helpers/container/attend.h"
#include "helpers/container/caller.h"
#include "helpers/container/cgroup.h"
#include "helpers/container/complain.h"
#include "helpers/container/one_off.h"
#include "helpers/container/stop_signals.h"
#include "helpers/container/verbs.h"
#include "helpers/die.h"

namespace hythe::container {

int attach(const LaunchRequest& request) {
  const OneOffSpec spec(request);
  // Whoever ran it is gone when the command is asked to end: neither his terminal nor his
  // session's cgroup may take us along.
  ::setsid();
  leave_callers_cgroup();
  const UniqueFd signals = open_stop_signals();
  auto claim = claim_named_one_off(request);
  if (!claim) return EX_TEMPFAIL;
  auto one_off = spec.start(std::move(*claim), Streams::separate);
  if (!one_off) return EX_SOFTWARE;
  auto& [place, running] = *one_off;
  answer("started", std::to_string(running.pid));
  Relay out(running.output.get(), STDOUT_FILENO, Relay::kToCaller);
  const Attended attended = attend(running, place.id(), out, signals,
                                   {.seconds = spec.limits().seconds, .is_patient = true});
  place.clear();
  if (attended.end.out_of_memory) complain("out of memory: ", attended.end.whose_memory());
  return attended.timed_out ? kTimedOut : exit_code_of(attended.end);
}

}  // namespace hythe::container
