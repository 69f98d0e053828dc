// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "lib/app.h"

namespace hythe {

/// The containers that an app wants of its release and that are not there, in whatever state:
/// all of them when no lane is live, as after a reboot.
[[nodiscard]] std::vector<std::string> missing_containers(const App& app);

}  // namespace hythe
