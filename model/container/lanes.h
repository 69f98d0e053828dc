// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/app_name.h"
#include "core/slot.h"

namespace hythe {

/// The lane that receives an app's traffic, as its markers in /run/hythe/lanes say; nothing
/// when none does. Markers are changed by hythe-route only.
[[nodiscard]] std::optional<Lane> live_lane(const AppName& app);

/// Whether the lane still holds a container, running or on its way out.
[[nodiscard]] bool has_containers(const AppName& app, Lane lane);

/// The same of one place in it.
[[nodiscard]] bool has_container(const AppName& app, Lane lane, Position position);

}  // namespace hythe
