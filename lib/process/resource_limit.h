// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/resource.h>

#include "lib/errors.h"

namespace hythe {

/// Of this process and what it forks, for good: soft and hard (setrlimit(2)). Throws
/// SystemError.
inline void limit_resource(__rlimit_resource resource, rlim_t value) {
  const rlimit both = {value, value};
  require_done(::setrlimit(resource, &both) == 0, "set a limit");
}

}  // namespace hythe
