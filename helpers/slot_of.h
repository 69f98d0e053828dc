// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/app_name.h"
#include "core/slot.h"

namespace hythe::root {

/// The slot that root gave an app at its creation, from /var/lib/hythe/slots/APP (a number
/// and '\n'); nothing when there is no such app.
[[nodiscard]] std::optional<Slot> slot_of(const AppName& app) noexcept;

}  // namespace hythe::root
