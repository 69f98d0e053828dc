// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/app_name.h"
#include "model/config.h"

namespace hythe {

/// What a developer types as the remote: "hythe@host:shop", or ssh://… with a port.
[[nodiscard]] std::string git_remote(const AppName& app, const Config& config);

}  // namespace hythe
