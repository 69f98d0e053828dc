// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "lib/clock.h"

namespace hythe {

/// Runs `work` in a child, and returns its answer. After `most` the kernel ends the child,
/// wherever it is by then: at a name server, in a handshake, or in an answer of which a byte
/// comes now and then. Throws std::runtime_error with what the work threw, when there was no
/// time left, or when the answer has more than `most_bytes`.
[[nodiscard]] std::string run_in_time(Milliseconds most, std::size_t most_bytes,
                                      const std::function<std::string()>& work);

}  // namespace hythe
