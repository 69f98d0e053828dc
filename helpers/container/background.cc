// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/background.h"

#include <sys/resource.h>
#include <sys/syscall.h>

#include "helpers/container/caller.h"
#include "helpers/container/cgroup.h"

namespace hythe::container {

void detach() {
  ::setsid();
  leave_caller();
  leave_callers_cgroup();
}

void yield_to_others() {
  constexpr int kNice = 10;
  (void)::setpriority(PRIO_PROCESS, 0, kNice);
  constexpr int kWhoProcess = 1;
  constexpr int kIdleClass = 3 << 13;
  (void)::syscall(SYS_ioprio_set, kWhoProcess, 0, kIdleClass);
}

}  // namespace hythe::container
