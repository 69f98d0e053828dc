// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lib/descriptors.h"
#include "lib/process/forked_child.h"

namespace hythe {

/// A child that has open what we have open when it is made: locks, and the leases of
/// containers. It keeps all that for as long as `pipe` has another writer, a helper that is
/// started after it. Should we be killed while the helper works, they outlast its work.
class Keeper {
 public:
  explicit Keeper(const Pipe& pipe);
  /// Waits until it has gone. Nobody may have `pipe.write` open by then.
  ~Keeper() { (void)child_.wait(); }

 private:
  ForkedChild child_;
};

}  // namespace hythe
