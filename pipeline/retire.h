// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/app_name.h"
#include "core/slot.h"
#include "lib/config.h"

namespace hythe {

/// Drain, SIGTERM to every process of the lane's containers, 30 s, SIGKILL. Returns at once:
/// root goes on alone, and does nothing should the lane be live again by then.
void retire(const AppName& app, Lane lane, const Config& config);

/// The same for every lane that is not live and still has containers.
void retire_all_but_live(const AppName& app, const Config& config);

}  // namespace hythe
