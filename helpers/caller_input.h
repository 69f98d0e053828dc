// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "helpers/deadline.h"

namespace hythe::root {

/// All that the caller has to say on stdin, up to its end. Dies with EX_DATAERR when that is
/// more than `memory` holds, with EX_TEMPFAIL when it has not ended by the deadline. Call it
/// before any lock is taken.
[[nodiscard]] std::string_view read_caller_input(std::span<char> memory,
                                                 Deadline deadline) noexcept;

/// Nobody can read our stdout any more.
[[nodiscard]] bool is_caller_gone() noexcept;

}  // namespace hythe::root
