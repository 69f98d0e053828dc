// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>

#include "lib/process/beacon.h"
#include "lib/process/cancellation.h"

namespace hythe {

/// One of the builds that the host runs at the same time, for as long as this object lives.
/// Who waits draws a number, and keeps a beacon lit under it: so the queue is the kernel's,
/// which forgets whoever dies, and nobody overtakes anybody.
class BuildSlot {
 public:
  /// Returns when fewer than `count` are before us. `on_wait` is told how many wait before us,
  /// and again when that changes. Throws Cancelled.
  [[nodiscard]] static BuildSlot take(std::uint64_t count, const Cancellation& cancellation,
                                      const std::function<void(std::size_t)>& on_wait);
  BuildSlot(BuildSlot&&) = default;
  BuildSlot& operator=(BuildSlot&&) = delete;
  ~BuildSlot() { ticket_.put_out(); }

 private:
  explicit BuildSlot(Beacon ticket) : ticket_(std::move(ticket)) {}
  Beacon ticket_;
};

}  // namespace hythe
