// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/app_name.h"
#include "core/process_name.h"
#include "core/slot.h"
#include "helpers/container/container_id.h"

namespace hythe::container {

/// Asks the monitor of a container to stop it: SIGTERM, 30 s, SIGKILL. One that has lost its
/// monitor is killed. Returns at once.
void ask_to_stop(const ContainerId& id);

/// Removes the containers of a lane whose monitor was killed: nobody else does.
void remove_abandoned(const AppName& app, Lane lane);

/// Kills the containers of an app, of one lane or all, and returns when they are gone. False,
/// with a complaint, when they are not within some seconds.
[[nodiscard]] bool kill_all(const AppName& app, std::optional<Lane> lane);

/// Asks the containers of one process type in a lane to stop, be the lane live or not, and
/// returns when they are gone: SIGTERM, 30 s, SIGKILL. False, with a complaint, when they
/// cannot be got rid of.
[[nodiscard]] bool halt_type(const AppName& app, Lane lane, const ProcessType& type);

}  // namespace hythe::container
