// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/app_name.h"
#include "core/slot.h"
#include "helpers/container/network.h"
#include "helpers/directory.h"
#include "helpers/lock.h"

namespace hythe::container {

/// The first free slot from `next` on, round the end: so that one that was freed is used
/// again as late as possible.
[[nodiscard]] std::optional<Slot> choose_slot(const UsedSlots& used, Slot next);

/// Root's table of slots: one file an app in paths::kSlots, "17\n". For root an app exists
/// when it has one. The table is locked for as long as this object lives, and whatever goes
/// wrong with it ends the process.
class SlotTable {
 public:
  [[nodiscard]] static SlotTable lock();

  /// A slot that no app has, and whose addresses nothing on the host still uses. It is not
  /// proposed again soon, also when nobody takes it.
  [[nodiscard]] Slot propose() const;
  /// The app exists from here on, and after a power cut too.
  void assign(const AppName& app, Slot slot) const;
  /// The app does not exist any more.
  void free(const AppName& app) const;

 private:
  SlotTable(root::Directory directory, root::Lock lock)
      : directory_(std::move(directory)), lock_(std::move(lock)) {}

  root::Directory directory_;
  root::Lock lock_;
};

/// The slot of an app that exists; ends the process (EX_NOINPUT) when it does not.
[[nodiscard]] Slot require_slot(const AppName& app);

}  // namespace hythe::container
