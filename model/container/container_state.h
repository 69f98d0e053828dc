// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/app_name.h"
#include "core/helper_contract.h"
#include "core/slot.h"
#include "lib/clock.h"
#include "model/container/container_end.h"

namespace hythe {

/// What a container's monitor says of it, in /run/hythe/containers/ID/state.
struct ContainerState {
  std::string name{};    // "web.1"
  std::string lane{};    // "a" to "d", or "o" of a one-off
  std::string status{};  // starting running restarting crashed stopping exited
  Number release = 0;
  unsigned restarts = 0;
  Milliseconds started{};
  ContainerEnd last{};  // why it was restarted last

  /// Those of an app, by name.
  [[nodiscard]] static std::vector<ContainerState> of(const AppName& app);
  /// Whether it is the one-off of that name: containers in lanes have others.
  [[nodiscard]] bool is_one_off(std::string_view of_name) const;
  /// The one-off of an app that has that name now ("run.1"); nothing when there is none.
  [[nodiscard]] static std::optional<ContainerState> one_off(const AppName& app,
                                                             std::string_view name);
};

}  // namespace hythe
