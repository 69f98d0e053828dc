// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/app_lock.h"
#include "pipeline/launch.h"

namespace hythe {

/// Of stop-first process types, which must never run twice: their old containers end before
/// their new ones start, as late as a deployment can have it. Unless it is kept, those that
/// serve run again when this object goes; so it has to be older than what was launched.
class Handover {
 public:
  Handover(const AppName& app, const AppLock& lock, const Config& config, Progress& progress)
      : app_(app), lock_(lock), config_(config), progress_(progress) {}
  Handover(const Handover&) = delete;
  Handover& operator=(const Handover&) = delete;
  ~Handover();

  /// Asks the old ones to stop (SIGTERM, 30 s, SIGKILL), and starts the new ones when they are
  /// gone. Throws DeploymentFailure (crashed-error) when one does not start.
  void perform(Launched& launched, const Release& release, const App& app);
  void keep() { is_kept_ = true; }

 private:
  AppName app_;
  const AppLock& lock_;
  const Config& config_;
  Progress& progress_;
  bool has_begun_ = false;
  bool is_kept_ = false;
};

/// Whoever does not receive traffic and is missing in the lane that serves is started there
/// again, behind whoever of its kind runs in another lane: what a handover has stopped that
/// came to nothing, in whatever way its deployment ended. Needs the app's lock. Throws
/// PushError when one cannot be started.
void bring_back(const AppName& app, const AppLock& lock, Config config);

}  // namespace hythe
