// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/app_name.h"
#include "core/unique_fd.h"
#include "lib/process/cancellation.h"

namespace hythe {

/// Whoever fetches into a repository or packs it waits here for their turn: an app and its
/// review apps share one, each under a lock of its own, and what somebody who failed has left
/// in it could not be told from what another is about to use. Throws Cancelled.
[[nodiscard]] UniqueFd wait_for_turn(const AppName& app, const Cancellation& cancellation);

}  // namespace hythe
