// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/log_relay.h"

#include <algorithm>

#include "helpers/container/clock.h"

namespace hythe::container {

int LogRelay::pause_ms() const noexcept {
  const std::int64_t until = pace_.paused_until_ms();
  return until == 0 ? -1 : static_cast<int>(std::max<std::int64_t>(until - monotonic_ms(), 0));
}

void LogRelay::accept(std::string_view bytes, std::string&) {
  pace_.add(bytes.size());
  log_.add(bytes);
}

}  // namespace hythe::container
