// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "helpers/container/attend.h"
#include "helpers/container/caller.h"
#include "helpers/container/cgroup.h"
#include "helpers/container/log_relay.h"
#include "helpers/container/one_off.h"
#include "helpers/container/stop_signals.h"
#include "helpers/container/verbs.h"
#include "helpers/die.h"

namespace hythe::container {
namespace {

std::string describe(const Attended& attended, const ContainerSpec& limits) {
  const End& end = attended.end;
  std::string out;
  if (attended.timed_out)
    out = "stopped after " + seconds_text(limits.seconds) + ", its time limit; ";
  out += end.signal != 0 ? "was killed by signal " + std::to_string(end.signal)
                         : "exited with code " + std::to_string(end.code);
  if (end.out_of_memory) out += " after memory ran out: " + end.whose_memory();
  return out;
}

}  // namespace

int detach(const LaunchRequest& request) {
  const OneOffSpec spec(request);
  ::setsid();
  leave_callers_cgroup();
  const UniqueFd signals = open_stop_signals();
  auto claim = claim_named_one_off(request);
  if (!claim) return EX_TEMPFAIL;
  auto one_off = spec.start(std::move(*claim), Streams::together);
  if (!one_off) return EX_SOFTWARE;
  auto& [place, running] = *one_off;
  LogFile log(place.id(), std::string(request.name->view()), place.claim().group());
  log.note("started, of release " + std::to_string(request.release));
  answer("started", std::to_string(running.pid));
  // From here on nobody holds a lease, and its stdin is at its end.
  leave_caller();
  LogRelay out(running.output.get(), STDOUT_FILENO, log);
  const Attended attended = attend(running, place.id(), out, signals,
                                   {.seconds = spec.limits().seconds, .is_patient = true});
  place.clear();
  log.note(describe(attended, spec.limits()));
  return EX_OK;
}

}  // namespace hythe::container
