// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

#include "lib/console.h"
#include "lib/process/cancellation.h"
#include "model/app_lock.h"
#include "model/deployment.h"

namespace hythe {

/// A deployment while it happens: its record, what is told about it, and whether it is
/// still wanted.
struct Progress {
  Deployment record;
  Console console;
  Cancellation cancellation{};

  explicit Progress(Deployment begun) : record(std::move(begun)), console(record.log_path()) {}

  /// The next phase begins; the seconds of the one before are noted.
  void enter(Status status, std::string phase);
  /// The deployment is over.
  void finish(Status status, const std::string& reason = {});
  /// The phases and their seconds, beside the median of the app's last ten.
  void print_phases();

  [[nodiscard]] const std::string& phase() const { return phase_; }
  [[nodiscard]] LockHolder as_holder() const;
  /// The app's lock, which from now on tells those who wait for it how far this is.
  void hold(const AppLock* lock);
  [[nodiscard]] const AppLock& lock() const { return *lock_; }

 private:
  void close_phase();

  const AppLock* lock_ = nullptr;
  std::string phase_{};
  std::chrono::steady_clock::time_point phase_began_{};
};

}  // namespace hythe
