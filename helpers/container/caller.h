// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/helper_contract.h"

namespace hythe::container {

/// Whether nobody can read our stdout any more: the lease is over (core/helper_contract.h),
/// and for ever.
[[nodiscard]] bool is_lease_lost();

/// The bytes of the ContainerSpec on stdin, and nothing behind them, which is the container's.
/// Ends the process (EX_DATAERR) when they are not what the contract says.
[[nodiscard]] std::string read_spec();
/// Looks into `bytes`.
[[nodiscard]] ContainerSpec parse_spec(std::string_view bytes);

/// One answer on stdout: answer("exit", "1"). A caller that is gone is noticed elsewhere.
void answer(std::string_view key, std::string_view value);

/// The caller's descriptors are let go: whoever reads them sees the end, and nothing is ever
/// written to what the caller opened. /dev/null takes their places.
void leave_caller();

}  // namespace hythe::container
