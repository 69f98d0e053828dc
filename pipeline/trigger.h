// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lib/config.h"
#include "pipeline/order.h"

namespace hythe {

/// Who reads a deployment along, and what of theirs says that they are gone.
struct Reader {
  int out_fd = 1;
  /// A descriptor that polls POLLERR when the client is gone; -1 when there is none.
  int client_fd = -1;
};

/// Starts a deployment, which is a process of its own with a log, and reads along until it
/// is decided. Returns the exit code for the caller: 0 means that the new version serves.
/// When the reader goes away before traffic has moved, the deployment is cancelled.
[[nodiscard]] int trigger(const Order& order, const Config& config, const Reader& reader);

}  // namespace hythe
