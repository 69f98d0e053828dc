// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/app_name.h"
#include "core/slot.h"
#include "lib/config.h"
#include "pipeline/launch.h"
#include "pipeline/pending.h"

namespace hythe {

/// Where an app answers.
[[nodiscard]] std::string domain_of(const AppName& app, const Config& config);

/// Tells nginx how many containers will receive traffic in the lane. A reload is needed only
/// when that, or a domain, changed; it disturbs nobody's traffic yet.
void prepare_route(const Launched& launched, const AppName& app, const Config& config);

/// New requests go to `lane` from now on: nginx was seen to do so. Throws PushError with
/// hythe-route's message, and then nothing has moved.
void switch_to(const AppName& app, Lane lane);

/// The app is not reachable any more.
void close_route(const AppName& app);

/// Traffic that has moved to the lane of a deployment. Unless kept, it moves back to where
/// it was; the pending record on disk says the same to whoever comes after a kill -9.
class MovedTraffic {
 public:
  /// Throws PushError with hythe-route's message, and then nothing has moved.
  explicit MovedTraffic(const Pending& pending);
  MovedTraffic(const MovedTraffic&) = delete;
  MovedTraffic& operator=(const MovedTraffic&) = delete;
  ~MovedTraffic();

  /// The app is now what the deployment wanted it to be, on disk.
  void keep();

 private:
  const Pending& pending_;
  bool is_kept_ = false;
};

/// Traffic of a deployment that did not succeed goes back, if it had moved at all.
void move_back(const Pending& pending);

}  // namespace hythe
