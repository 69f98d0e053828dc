// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/app_name.h"
#include "core/helper_contract.h"
#include "core/unique_fd.h"
#include "lib/process/cancellation.h"

namespace hythe {

/// What an app's lock says of the process that holds it.
struct LockHolder {
  int pid = 0;
  Number deployment = 0;
  std::string who{};
  std::string doing{};
  Milliseconds since{};

  /// "deployment 12 (alice, building, for 41 s)"
  [[nodiscard]] std::string describe() const;
};

/// One deployment of an app at a time. flock(2) on apps/APP/lock: the kernel frees it when
/// its holder dies. No child inherits it but those it is lent to. The file's text only
/// describes the holder.
class AppLock {
 public:
  /// Waits until the lock is free. `on_wait` is told once behind whom. Throws Cancelled.
  [[nodiscard]] static AppLock take(const AppName& app, const LockHolder& me,
                                    const Cancellation& cancellation,
                                    const std::function<void(const LockHolder&)>& on_wait);
  /// Only if it is free now.
  [[nodiscard]] static std::optional<AppLock> try_take(const AppName& app,
                                                       const LockHolder& me);
  /// The same as take() for a command of somebody's: it says on stderr behind whom it waits.
  [[nodiscard]] static AppLock take_aloud(const AppName& app, const std::string& who,
                                          const std::string& doing,
                                          const Cancellation& cancellation = Cancellation());
  /// Who holds it now, if anybody.
  [[nodiscard]] static std::optional<LockHolder> holder(const AppName& app);

  /// For a helper that must have ended before the next one takes the lock, even should we be
  /// killed meanwhile. Nothing else may inherit it.
  [[nodiscard]] int fd() const { return file_.get(); }

  /// Tells those who wait what its holder does now.
  void describe(const LockHolder& me) const;

 private:
  explicit AppLock(UniqueFd file) : file_(std::move(file)) {}
  [[nodiscard]] static AppLock locked(UniqueFd file, const AppName& app, const LockHolder& me);
  UniqueFd file_;
};

}  // namespace hythe
