// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/app_name.h"
#include "core/unique_fd.h"
#include "lib/clock.h"
#include "lib/errors.h"

namespace hythe {

/// What a forge told us of, the newest that nobody has dealt with yet: a push, or that a pull
/// or merge request was opened, changed or closed, which is for a review app.
struct Delivery {
  std::string branch{};
  std::string commit{};
  std::string id{};  // the forge's own
  Milliseconds received{};
  std::uint64_t count = 1;     // how many it stands for
  std::uint64_t attempts = 0;  // how often somebody has begun to deal with it
  std::uint64_t request = 0;   // its number; 0: it is a push
  std::string parent{};        // the app that the request is of
};

/// What lay in the queue was not as it is written there. It has been set aside, as
/// APP.unreadable, and is in nobody's way any more.
class UnreadableDelivery : public PushError {
 public:
  using PushError::PushError;
};

/// What forges told and was not dealt with yet (/var/lib/hythe/deliveries): of each app one
/// delivery that waits (APP.yml) and one that is being dealt with (APP.taken); of a review app
/// also before there is one. Since the newest commit of a branch is fetched when a deployment
/// begins, a delivery that waits stands for all that come meanwhile. Both survive whoever
/// writes and reads them, and a power cut.
class DeliveryQueue {
 public:
  /// Returns when it lies durably.
  static void put(const AppName& app, Delivery delivery);

  /// The apps with something to be dealt with, which may be what somebody else works at.
  [[nodiscard]] static std::vector<AppName> apps();
  [[nodiscard]] static bool has_waiting(const AppName& app);

  /// One at a time deals with an app's deliveries; waits until nobody else does.
  [[nodiscard]] static UniqueFd lock(const AppName& app);
  /// Of the file that it is on, which nobody needs who is not at it.
  static void remove_lock(const AppName& app);
  /// What was left by somebody who died, or what waits; its attempts are counted. Needs the
  /// lock. Throws UnreadableDelivery.
  [[nodiscard]] static std::optional<Delivery> take(const AppName& app);
  /// It was dealt with, for good.
  static void finish(const AppName& app);

  /// Of an app that is not linked any more.
  static void forget(const AppName& app);
};

}  // namespace hythe
