// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/caller.h"
#include "model/app_lock.h"
#include "pipeline/order.h"

namespace hythe {

/// The app's lock, for a verb that changes an app itself; says on stderr behind whom it waits.
[[nodiscard]] AppLock take_lock(const AppName& app, const char* doing, const Caller& caller);

/// Starts the deployment that a verb asks for and reads it along on stdout. Returns its exit
/// code. Ctrl-C, or the end of the ssh connection, cancels it until traffic has moved.
[[nodiscard]] int order_deployment(Order order, const Caller& caller);

/// A change that only app.yml learns of, under the app's lock.
void change_silently(const AppName& app, const Change& change, const char* doing,
                     const Caller& caller);

/// What `env` and `scale` do with their change: a rollout of the release that serves; an app
/// that was never deployed only remembers it.
[[nodiscard]] int order_change(const AppName& app, Change change, const char* trigger,
                               const Caller& caller);

}  // namespace hythe
