// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>

#include "core/app_name.h"
#include "core/helper_contract.h"

namespace hythe {

/// Which trees of an app are on the disk. Only root sees them, and says so when asked.
struct Trees {
  std::set<Number> releases{};
  std::set<Number> builds{};  // by deployment: under way, or left over

  [[nodiscard]] static Trees of(const AppName& app);
};

}  // namespace hythe
