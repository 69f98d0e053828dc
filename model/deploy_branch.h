// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace hythe {

/// The branches whose push is a deployment; every other ref is refused.
inline constexpr const char* kDeployBranches[] = {"refs/heads/main", "refs/heads/master"};

[[nodiscard]] constexpr bool is_deploy_branch(std::string_view ref) {
  for (const char* branch : kDeployBranches)
    if (ref == branch) return true;
  return false;
}

}  // namespace hythe
