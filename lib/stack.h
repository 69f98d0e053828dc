// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace hythe {

/// What builds and containers are told of the stack they run on, in STACK.
inline constexpr const char* kHostStack = "debian-12";

}  // namespace hythe
