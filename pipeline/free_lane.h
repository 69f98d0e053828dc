// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/app_name.h"
#include "core/helper_contract.h"
#include "core/slot.h"
#include "model/config.h"
#include "pipeline/progress.h"

namespace hythe {

/// The deployment whose containers are in the lane, if it has any; 0: none that is known.
[[nodiscard]] Number last_started_in(const AppName& app, Lane lane);

/// Kills what is in a lane, without grace.
void clear_lane(const AppName& app, Lane lane);

/// The lane that a deployment may start in, empty: the next one after the live lane that has
/// no containers. When each of them still has some, the oldest drain ends here, and the
/// deployment says so. Throws Cancelled.
[[nodiscard]] Lane free_lane(const AppName& app, const Config& config, Progress& progress);

}  // namespace hythe
