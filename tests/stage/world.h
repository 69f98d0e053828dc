// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "model/app.h"
#include "model/app_lock.h"
#include "model/config.h"
#include "model/release.h"
#include "pipeline/order.h"
#include "pipeline/progress.h"
#include "tests/unit/lib/git/git_fixture.h"

namespace hythe::test {

/// The absolute paths of an installation, in namespaces of this process alone: empty state, a
/// network of its own, and in the place of root's helpers programs that speak their contract.
/// Needs no root where users may have namespaces. False when they may not.
[[nodiscard]] bool enter_world();

/// An app `shop` in a new world: a bare repository, nothing deployed.
class Stage : public ::testing::Test {
 protected:
  Stage();

  /// What hythe-launch and hythe-route do from now on: a shell script, with their words as
  /// its own. By default hythe-route moves the markers, and hythe-launch does nothing.
  static void launch_does(const std::string& script);
  static void route_does(const std::string& script);
  /// The words that they were called with: "launch release shop 1 1".
  [[nodiscard]] static std::vector<std::string> calls();

  static void make_live(Lane lane);
  static void make_container(Lane lane);
  [[nodiscard]] static AppLock lock();
  /// What was told to whoever pushes.
  [[nodiscard]] std::string told() const { return slurp(progress.record.log_path()); }

  const AppName shop = *AppName::parse("shop");
  TestRepository repository{"shop.git"};
  Config config{};
  Progress progress;
  Order order{.kind = Order::Kind::push,
              .app = shop,
              .who = "alice",
              .ref = "refs/heads/main",
              .commit = *Oid::parse(std::string(40, 'c'))};
};

/// What `act` throws as an Error, or nothing.
template <class Error, class Act>
[[nodiscard]] std::string message_of(Act act) {
  try {
    act();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

/// The status that `act` fails with.
template <class Act>
[[nodiscard]] Status status_of(Act act) {
  try {
    act();
  } catch (const DeploymentFailure& failure) {
    return failure.status();
  }
  return Status::success;
}

}  // namespace hythe::test
