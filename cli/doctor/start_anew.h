// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/ordering.h"
#include "lib/errors.h"

namespace hythe {

/// New containers of the release that should serve, in the place of what does. Throws when
/// they do not.
inline void start_anew(const AppName& app, const Caller& caller) {
  if (order_deployment(
          {.kind = Order::Kind::restore, .app = app, .who = {}, .trigger = "restore"},
          caller) != 0)
    throw PushError("the deployment failed");
}

}  // namespace hythe
