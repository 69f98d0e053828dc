// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/helper_contract.h"
#include "core/stack_name.h"

namespace hythe::stacks {

/// A build or a kept release that was made on a version of a stack, by root's own records.
struct Use {
  AppName app;
  std::string what;  // "release 3"
  StackVersion version;
};

/// Under the stacks' lock, by which no use begins meanwhile.
[[nodiscard]] std::vector<Use> uses_of(const StackName& name);

/// "release 3 of 'shop', build 7 of 'blog'"
[[nodiscard]] std::string describe(const std::vector<Use>& uses);

}  // namespace hythe::stacks
