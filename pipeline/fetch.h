// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/config.h"
#include "model/forge/link.h"
#include "pipeline/order.h"
#include "pipeline/progress.h"

namespace hythe {

/// The order that deploys what an app is linked to; who asked for it, and by what, is for the
/// caller to add.
[[nodiscard]] Order order_linked(const App& app, const Link& link);

/// Fetches the branch or the request that a linked deployment is of, and only what the app's
/// repository has not, into a ref of its own; returns the commit that is to be deployed. It is
/// bounded in time and size, and what git would refuse of a push is refused. Needs the app's
/// lock. Throws PushError with what can be done; EX_UNAVAILABLE when the forge cannot be
/// reached.
[[nodiscard]] Oid fetch(const Order& order, const Config& config, Progress& progress);

/// Asks the forge for the branch, without fetching it: throws PushError as fetch() does.
void try_link(const AppName& app, const Link& link);
/// Drops what was fetched, once the app is not linked any more. Needs the app's lock.
void forget_fetched(const AppName& app);

}  // namespace hythe
