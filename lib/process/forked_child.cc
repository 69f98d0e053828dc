// SPDX-License-Identifier: Apache-2.0
#include "lib/process/forked_child.h"

#include <signal.h>
#include <sys/wait.h>

#include <cerrno>

namespace hythe {

ForkedChild::~ForkedChild() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);  // not reaped yet: it is still its own
  (void)wait();
}

int ForkedChild::wait() noexcept {
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  return status;
}

}  // namespace hythe
