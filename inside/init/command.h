// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/helper_contract.h"

namespace hythe::init {

/// Becomes the command of the spec, with exactly its environment. To be called in a child:
/// signals are as the kernel hands them out, /app is the working directory when there is
/// one, and no descriptor but 0, 1 and 2 is open.
[[noreturn]] void become_command(const ContainerSpec& spec) noexcept;

}  // namespace hythe::init
