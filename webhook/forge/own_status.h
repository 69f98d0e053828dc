// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace hythe {

/// What hythe's status is called at a forge.
inline constexpr const char* kOwnStatus = "hythe";

}  // namespace hythe
