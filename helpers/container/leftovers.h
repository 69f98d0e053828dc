// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "helpers/container/container_id.h"

namespace hythe::container {

/// What the kernel, crun and we ourselves know of a container that no process holds any more:
/// its monitor was killed, or crun failed half-way.
struct Leftover {
  ContainerId id;
  std::string kind{};  // "container", "crun", "cgroup", "link"
  std::string name{};  // "shop.b.0", "hy17b0"
};

/// Those of an app. A container that starts or ends meanwhile may be among them for a moment.
[[nodiscard]] std::vector<Leftover> leftovers_of(const AppName& app, Slot slot);

/// Removes all that is left of one, unless somebody holds it again.
void remove_leftovers(const ContainerId& id, Slot slot);

}  // namespace hythe::container
