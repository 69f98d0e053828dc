// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "model/helper.h"

namespace hythe {

/// Between our own stdin, stdout and stderr and those of a one-off, until it has ended.
/// `output` is what it has said already. Its exit code, or, when it was left behind, whatever
/// ours is to be.

/// Byte by byte, both ways, at the pace of the slower one.
[[nodiscard]] int relay_pipes(Helper& helper, std::string_view output);

/// On a terminal, which is raw meanwhile: what is typed goes into the container's own terminal,
/// and so does every new size of the window.
[[nodiscard]] int relay_terminal(Helper& helper, std::string_view output);

}  // namespace hythe
