// SPDX-License-Identifier: Apache-2.0
#include "lib/keeper.h"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "lib/errors.h"

namespace hythe {

Keeper::Keeper(const Pipe& pipe) : pid_(::fork()) {
  if (pid_ < 0) throw SystemError(errno, "fork");
  if (pid_ > 0) return;
  ::prctl(PR_SET_NAME, "hythe-keep");
  ::close(pipe.write.get());
  char byte;
  ssize_t n = 0;
  do n = ::read(pipe.read.get(), &byte, 1);
  while (n > 0 || (n < 0 && errno == EINTR));
  ::_exit(0);
}

Keeper::~Keeper() {
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

}  // namespace hythe
