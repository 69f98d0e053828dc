// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/config.h"
#include "pipeline/order.h"
#include "pipeline/reading.h"

namespace hythe {

/// Starts a deployment, which is a process of its own with a log, and reads along until it
/// is decided. Returns the exit code for the caller: 0 means that the new version serves.
/// When the reader goes away before traffic has moved, the deployment is cancelled, unless it
/// was asked for with `detach`: then a push reads along for as long as its client is there,
/// and any other order is left at once, with 0.
[[nodiscard]] int trigger(const Order& order, const Config& config, Reader reader);

}  // namespace hythe
