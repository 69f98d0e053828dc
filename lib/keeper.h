// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include "lib/descriptors.h"

namespace hythe {

/// A child that has open what we have open when it is made: locks, and the leases of
/// containers. It keeps all that for as long as `pipe` has another writer, a helper that is
/// started after it. Should we be killed while the helper works, they outlast its work.
class Keeper {
 public:
  explicit Keeper(const Pipe& pipe);
  Keeper(const Keeper&) = delete;
  Keeper& operator=(const Keeper&) = delete;
  /// Waits until it has gone. Nobody may have `pipe.write` open by then.
  ~Keeper();

 private:
  pid_t pid_;
};

}  // namespace hythe
