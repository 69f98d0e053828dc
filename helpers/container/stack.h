// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace hythe::container {

/// Something of the host that containers see too, read-only and at the same path.
struct FromHost {
  std::string path;
  bool is_directory;
};

/// The root file system that containers see, read-only: a tree of root's, the same for all,
/// with parts of the host bound over it. Containers never see the host's own /etc.
struct Stack {
  std::string root;
  std::vector<FromHost> from_host;
  std::string authorities{};  // a file of the host's, for stacks that have their own /usr
};

/// The stack `host`. Its tree is made when there is none yet that fits this host and this
/// version of hythe; older ones stay for as long as containers may run in them, that is
/// until the next boot. nullopt, with a complaint, when it cannot be made.
[[nodiscard]] std::optional<Stack> host_stack();

}  // namespace hythe::container
