// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "helpers/container/container_id.h"

namespace hythe::container {

/// The name of the process that the kernel killed last in a container for want of memory, by
/// the kernel's own log. Empty when that cannot be read, or has been overwritten.
[[nodiscard]] std::string oom_victim(const ContainerId& id);

/// The same of one record of /dev/kmsg, which may be about anything. Whoever names a process
/// may name it as he likes: what comes back is one line of printable characters.
[[nodiscard]] std::optional<std::string> victim_in(std::string_view record,
                                                   std::string_view cgroup);

}  // namespace hythe::container
