// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "model/deployment.h"

namespace hythe {

/// The deployment of that number, as it was typed. Throws PushError (EX_NOINPUT) when there is
/// none.
[[nodiscard]] Deployment deployment_named(const AppName& app, const std::string& number);

}  // namespace hythe
