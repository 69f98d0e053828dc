// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "lib/config.h"
#include "pipeline/order.h"
#include "pipeline/progress.h"

namespace hythe {

/// Called once, when traffic has moved and nothing is left that may fail but git itself:
/// pre-receive may let git move the branch.
using Accept = std::function<void()>;

/// The whole way from an order to the version that serves. Whatever it throws, the version
/// that served before still does, and what was started meanwhile is gone or on its way out.
void deploy(Order order, const Config& config, Progress& progress, const Accept& accept);

}  // namespace hythe
