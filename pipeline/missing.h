// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "model/app.h"

namespace hythe {

/// Whether there is something to be started for an app to be what it should be. After a reboot
/// that is so for every app that was deployed, also for one that is stopped or scaled to
/// nothing: that it is has to be said again.
[[nodiscard]] bool needs_restoring(const App& app);

/// The containers that an app wants of its release and that are not there, in whatever state:
/// all of them when no lane is live, as after a reboot.
[[nodiscard]] std::vector<std::string> missing_containers(const App& app);

}  // namespace hythe
