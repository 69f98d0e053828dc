// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/unique_fd.h"

namespace hythe::stacks {

/// Ctrl-C and SIGTERM as something to be waited for beside the work, so that what was half
/// made is removed by the usual destructors. As long as this object lives, they do not kill.
class Interruption {
 public:
  Interruption();

  /// Returns when there is something to read; throws PushError when we are told to stop.
  void wait_for(int fd) const;

 private:
  UniqueFd signals_;
};

}  // namespace hythe::stacks
