// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/config.h"
#include "pipeline/order.h"
#include "pipeline/progress.h"

namespace hythe {

/// Those who wait for the outcome of a deployment, and whom it waits for twice.
class Audience {
 public:
  Audience() = default;
  Audience(const Audience&) = delete;
  Audience& operator=(const Audience&) = delete;
  virtual ~Audience() = default;

  /// Returns when nothing of theirs will hold up git's answer.
  virtual void before_traffic_moves() = 0;
  /// Nothing is left that may fail but git itself: it may move the branch.
  virtual void after_traffic_has_moved() = 0;
};

/// The whole way from an order to the version that serves. Whatever it throws, the version
/// that served before still does, and what was started meanwhile is gone or on its way out.
void deploy(Order order, Config config, Progress& progress, Audience& audience);

}  // namespace hythe
