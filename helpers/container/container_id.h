// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/app_name.h"
#include "core/slot.h"

namespace hythe::container {

/// Which container: "shop.b.0", the container at position 0 of shop's lane b; lane `o` is
/// for builds and one-offs. It names the container's directory, its crun state and its
/// cgroup, and holding one is proof that it is safe in all three.
struct ContainerId {
  AppName app;
  Lane lane;
  Position position;

  [[nodiscard]] std::string text() const;
  [[nodiscard]] static std::optional<ContainerId> parse(std::string_view text);
};

/// Where the container's files are: paths::kContainers/ID.
[[nodiscard]] std::string directory_of(const ContainerId& id);

/// The containers of an app that have a directory, of one lane or of all.
[[nodiscard]] std::vector<ContainerId> containers_of(const AppName& app,
                                                     std::optional<Lane> lane);

}  // namespace hythe::container
