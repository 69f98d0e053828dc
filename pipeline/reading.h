// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lib/colours.h"
#include "model/deployment.h"
#include "pipeline/channel.h"

namespace hythe {

/// Who reads a deployment along, and what of theirs says that they are gone.
struct Reader {
  int out_fd = 1;
  /// A descriptor that polls POLLERR when the client is gone; -1 when there is none.
  int client_fd = -1;
  /// A push's reach git, whose client shows them.
  Colours colours = Colours::kept;
  /// Their deployment goes on without them.
  bool may_leave = false;
};

/// How a deployment is decided: by its word that git may go ahead, which it then waits for,
/// or by its end.
enum class Decision { go_ahead, end };

/// Copies the log of a deployment, which is the process behind `pidfd`, until it is decided.
/// Returns the exit code for the caller. When the reader goes away before traffic has moved,
/// the deployment is cancelled, unless they may leave; once it has moved, that changes nothing.
[[nodiscard]] int read_along(const Deployment& deployment, const Reader& reader,
                             Channel channel, Decision decision, int pidfd);

}  // namespace hythe
