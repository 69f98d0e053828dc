// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/unique_fd.h"

namespace hythe {

/// Whether a git receive-pack came to run its hook. "Everything up-to-date" runs none, and
/// only hythe-shell, which waits for git, can then tell the pusher what to type instead. The
/// notice is an anonymous file that git passes on to its hook.
class PushNotice {
 public:
  /// Inheritable, and named in the environment.
  PushNotice();
  [[nodiscard]] bool was_given() const;

  /// For the hook: it runs.
  static void give();

 private:
  UniqueFd file_;
};

}  // namespace hythe
