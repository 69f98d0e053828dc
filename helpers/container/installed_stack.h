// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/stack_name.h"
#include "helpers/container/stack.h"
#include "helpers/directory.h"

namespace hythe::container {

/// Stacks that hythe-stack has made: each version is a tree of root's below paths::kStacks
/// that nothing writes any more. Which of them a build used is a file of root's beside the
/// build, and later beside the release: no caller can name another one to run it on.

/// Takes the newest version of a stack for a build, and remembers it there before whoever
/// removes versions can look. nullopt is the host's stack. Ends the process (EX_NOINPUT) when
/// there is no such stack.
[[nodiscard]] std::optional<StackVersion> choose_stack(const StackName& name,
                                                       const root::Directory& build);

/// What is remembered with a build or a release; nullopt is the host's stack.
[[nodiscard]] std::optional<StackVersion> remembered_stack(const root::Directory& directory);
void remember_stack(const root::Directory& directory, const StackVersion& version);

/// nullopt, with a complaint, when it is not there.
[[nodiscard]] std::optional<Stack> installed_stack(const StackVersion& version);

}  // namespace hythe::container
