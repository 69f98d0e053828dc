// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

namespace hythe {

/// For what root has begun and is about user hythe's files, which root does not read: does it
/// in a child, as user hythe. Its exit code; what it throws is said on stderr.
[[nodiscard]] int as_hythe(const std::function<int()>& part);

}  // namespace hythe
