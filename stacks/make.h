// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/stack_name.h"
#include "stacks/interruption.h"
#include "stacks/store.h"
#include "stacks/unpack.h"

namespace hythe::stacks {

/// An archive that has become a tree, which is not yet a version of anything.
struct Tree {
  Scratch scratch;
  std::string suite;
  Unpacked unpacked;
};

/// Unpacks a root file system or an image, and prepares it to be the root of containers, all of
/// it in confinement. Throws PushError when it is neither, or is refused; nothing is left then.
[[nodiscard]] Tree unpack(int archive, const Limits& limits, const Interruption& interruption);

/// Makes it the newest version of a stack, prints so, and removes versions that nobody uses.
void publish(Tree tree, const StackName& name);

}  // namespace hythe::stacks
