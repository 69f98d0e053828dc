// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/unique_fd.h"
#include "lib/clock.h"

namespace hythe {

/// While it is held, no app is half made: root's side of one is there before the app exists,
/// and is then no rest of one that was destroyed. Waits until it is free; the kernel frees it
/// when its holder dies. Throws SystemError.
[[nodiscard]] UniqueFd lock_creation();
/// Waits no longer than that: nothing when somebody else has it then.
[[nodiscard]] std::optional<UniqueFd> lock_creation_by(const Deadline& deadline);

}  // namespace hythe
