// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "lib/app.h"
#include "lib/oid.h"

namespace hythe {

/// Where an app stands after a rollback: what serves, and what the branch says. They differ on
/// purpose, until the next push or deployment of the branch. Nothing of it is written down
/// anywhere: the records and the branch tell.
struct Standing {
  Number release = 0;
  Number rolled_back_from = 0;
  std::optional<Oid> branch{};  // its commit, unless the release was built from that one

  /// nullopt unless the release that serves was rolled back to.
  [[nodiscard]] static std::optional<Standing> of(const App& app);
  /// As it will be when `app` has been rolled back to another release than it serves now.
  [[nodiscard]] static Standing after_rollback(const App& app, Number release);

  /// "release 7 serves (rolled back from 9); the branch is at abc1234, which does not serve"
  [[nodiscard]] std::string describe() const;
};

}  // namespace hythe
