// SPDX-License-Identifier: Apache-2.0
#include "lib/process/keeper.h"

#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>

#include "lib/errors.h"

namespace hythe {
namespace {

pid_t fork_keeper(const Pipe& pipe) {
  const pid_t pid = ::fork();
  if (pid < 0) throw SystemError(errno, "fork");
  if (pid > 0) return pid;
  ::prctl(PR_SET_NAME, "hythe-keep");
  ::close(pipe.write.get());
  char byte;
  ssize_t n = 0;
  do n = ::read(pipe.read.get(), &byte, 1);
  while (n > 0 || (n < 0 && errno == EINTR));
  ::_exit(0);
}

}  // namespace

Keeper::Keeper(const Pipe& pipe) : child_(fork_keeper(pipe)) {}

}  // namespace hythe
