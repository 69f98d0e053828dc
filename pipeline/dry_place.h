// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/app_name.h"
#include "lib/console.h"
#include "lib/process/cancellation.h"
#include "model/app_lock.h"

namespace hythe {

/// Whether dry builds build under this name, "dry-run" or "dry-run-2" and so on: no app can
/// have it.
[[nodiscard]] bool is_dry_name(std::string_view name);

/// One of these names, for as long as a dry build is under way. There are a few of them, for
/// root keeps a uid and addresses for each.
class DryPlace {
 public:
  /// The first that is free; when none is, it waits, and says behind whom. `who` is for those
  /// who wait meanwhile. Throws Cancelled.
  [[nodiscard]] static DryPlace take(const std::string& who, Console& console,
                                     const Cancellation& cancellation);
  [[nodiscard]] const AppName& name() const { return name_; }

 private:
  DryPlace(const AppName& name, AppLock lock) : name_(name), lock_(std::move(lock)) {}
  AppName name_;
  AppLock lock_;
};

}  // namespace hythe
