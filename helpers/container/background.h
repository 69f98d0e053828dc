// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unistd.h>

namespace hythe::container {

/// In a process that was forked a moment ago: becomes nobody's. An own session, none of the
/// caller's descriptors, not the caller's cgroup.
void detach();

/// Of the least importance: whoever serves or deploys goes first.
void yield_to_others();

/// Does `work` in a process of its own, which no caller waits for. When none can be made the
/// work is left for the next call of the same kind.
template <class Work>
void in_background(Work work) {
  if (::fork() != 0) return;
  detach();
  work();
  ::_exit(0);
}

}  // namespace hythe::container
