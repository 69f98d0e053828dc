// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/app_name.h"
#include "core/slot.h"
#include "model/config.h"
#include "pipeline/progress.h"

namespace hythe {

/// Drain, SIGTERM to every process of the lane's containers, 30 s, SIGKILL. Returns at once:
/// root goes on alone, and does nothing should the lane be live again by then. The drain is
/// the app's own as app.yml says it now, and `longest` at most.
void retire(const AppName& app, Lane lane, const Config& config,
            Milliseconds longest = std::chrono::hours(1));

/// The same for every lane that is not live and still has containers.
void retire_all_but_live(const AppName& app, const Config& config);

/// Ends the drain that goes on in the lane, because the lane is needed, and says so: SIGTERM
/// now, ten seconds for it, and the rest is for whoever clears the lane. Does nothing where
/// containers were told to stop before. Throws Cancelled.
void end_drain(const AppName& app, Lane lane, const Config& config, Progress& progress);

}  // namespace hythe
