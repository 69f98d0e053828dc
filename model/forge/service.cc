// SPDX-License-Identifier: Apache-2.0
#include "model/forge/service.h"

#include <pwd.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "lib/errors.h"
#include "model/state.h"

namespace hythe {

void become_service(const char* how) {
  ::signal(SIGPIPE, SIG_IGN);
  const passwd* user = ::getpwnam("hythe");
  if (user == nullptr || ::geteuid() != user->pw_uid || ::getuid() != user->pw_uid)
    throw PushError(concat("only user 'hythe' can run this\n", how), EX_NOPERM);
  require_current_state();
  ::umask(077);
  if (::chdir("/") != 0) throw SystemError(errno, "change to '/'");
}

}  // namespace hythe
