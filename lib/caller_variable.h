// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace hythe {

/// The variable by which hythe-shell says whose key it is. A label, not a right.
inline constexpr const char* kCallerVariable = "HYTHE_USER";

}  // namespace hythe
