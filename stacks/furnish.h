// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace hythe::stacks {

/// Throws PushError unless the tree has what every build and container needs of it: a bash and
/// an env, as programs of this machine.
void require_usable(int root);

/// Makes what containers need of any tree (core/stack_tree.h): directories to mount on, and
/// links to what differs from one container to the next. Whatever is in their place goes.
void furnish(int root);

/// "bookworm", "alpine-3.19": what the tree calls itself; "unknown" when it does not.
[[nodiscard]] std::string suite_of(int root);
/// Of the text of an os-release file.
[[nodiscard]] std::string suite_in(const std::string& os_release);

}  // namespace hythe::stacks
