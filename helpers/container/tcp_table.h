// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <string_view>

namespace hythe::container {

/// Whether the text of /proc/PID/net/tcp or tcp6 has an established connection whose local
/// port is `port`. Lines that are not understood are passed over.
[[nodiscard]] bool has_established(std::string_view table, unsigned port);

/// Whether the network namespace of a process has such a connection; false when the process
/// is gone.
[[nodiscard]] bool is_serving(pid_t pid, unsigned port);

}  // namespace hythe::container
