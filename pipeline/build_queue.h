// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "lib/console.h"
#include "lib/process/cancellation.h"
#include "model/build/build_slot.h"
#include "model/config.h"

namespace hythe {

/// A slot for a build, when it is our turn; whoever waits is told their place in the queue.
/// `on_first_wait` is called once, before that, if there is a wait at all. Throws Cancelled.
[[nodiscard]] BuildSlot wait_for_build_slot(const Config& config,
                                            const Cancellation& cancellation, Console& console,
                                            const std::function<void()>& on_first_wait);

}  // namespace hythe
