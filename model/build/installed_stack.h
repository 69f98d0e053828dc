// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/stack_name.h"
#include "model/config.h"

namespace hythe {

/// A version of a stack that hythe-stack has made, and what it wrote about it.
struct InstalledStack {
  StackVersion version;
  std::string suite{};     // "bookworm": what the tree's os-release calls it
  std::uint64_t size = 0;  // bytes of the tree

  /// By name, the newest of a name first.
  [[nodiscard]] static std::vector<InstalledStack> all();
  /// The newest of a name, which the next build on it uses.
  [[nodiscard]] static std::optional<InstalledStack> newest(const StackName& name);
};

/// Throws PushError (EX_NOINPUT) that names those there are, unless there is such a stack.
void require_stack(const StackName& name);

/// The one that hythe.yml says; else the one that is called as the host's own system, such as
/// debian-12, once there is one; else the host's. Throws PushError when hythe.yml names none.
[[nodiscard]] StackName stack_of_new_apps(const Config& config);

}  // namespace hythe
