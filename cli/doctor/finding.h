// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace hythe {

/// Something on the host that is not as it should be.
struct Finding {
  std::string what;
  /// What to do about it by hand, where `--fix` cannot.
  std::string way_out{};
  /// What `--fix` does about it; empty when nothing can be done from here.
  std::function<void()> cure{};
};

using Findings = std::vector<Finding>;

}  // namespace hythe
