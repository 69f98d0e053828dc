// SPDX-License-Identifier: Apache-2.0
#include "cli/as_hythe.h"

#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include <cerrno>
#include <iostream>

#include "cli/caller.h"
#include "lib/complaint.h"
#include "lib/errors.h"

namespace hythe {
namespace {

int attempt(const std::function<int()>& part) {
  try {
    (void)Caller::identify();  // user hythe from here on
    return part();
  } catch (const PushError& error) {
    std::cerr << as_complaint(error.what()) << '\n';
    return error.exit_code();
  } catch (const std::exception& error) {
    std::cerr << as_complaint(error.what()) << '\n';
    return EX_OSERR;
  }
}

}  // namespace

int as_hythe(const std::function<int()>& part) {
  std::cout.flush();
  const pid_t child = ::fork();
  if (child < 0) throw SystemError(errno, "fork");
  if (child == 0) {
    const int code = attempt(part);
    std::cout.flush();
    ::_exit(code);
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : EX_SOFTWARE;
}

}  // namespace hythe
