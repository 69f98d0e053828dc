// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/config.h"
#include "pipeline/launch.h"
#include "pipeline/pending.h"
#include "pipeline/progress.h"

namespace hythe {

/// The time after the switch in which nothing is final: the lane before still runs, and whoever
/// pushed has no answer yet. Returns at its end, and the pending intent says so; at once
/// without a `watch`, or when nothing was started. Throws DeploymentFailure (crashed-error)
/// when a container ends, or when more of the responses are 5xx than may be and than were in
/// as long a time before the switch (Responses::are_too_bad_after); and Cancelled.
void watch(Launched& launched, Pending& pending, const Settings& settings, Progress& progress);

/// The answer to a failed watch, or to git that did not move the branch: traffic goes back to
/// the lane before, and what the new containers were asked by then, they may answer.
void take_back(const Pending& pending, Launched& launched, const Config& config,
               const AppLock& lock);

}  // namespace hythe
