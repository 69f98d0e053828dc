// SPDX-License-Identifier: Apache-2.0
#include "cli/caller.h"

#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "cli/deny_typing.h"
#include "lib/caller_variable.h"
#include "lib/errors.h"
#include "lib/printable.h"

namespace hythe {
namespace {

std::string variable(const char* name) {
  const char* value = ::secure_getenv(name);
  return value == nullptr ? "" : printable(value, 64);
}

void become(const passwd& user) {
  // The terminal is still root's, and what runs as hythe can be taken over by whoever took over
  // hythe: it must not type into the shell that we were started from. Before root's rights go,
  // for only root may do this and leave setuid programs, our helpers, as they are; safe for
  // them too, since none of them types. All else that a terminal can do stays, as `run` needs.
  deny_typing();
  if (::initgroups(user.pw_name, user.pw_gid) != 0 ||
      ::setresgid(user.pw_gid, user.pw_gid, user.pw_gid) != 0 ||
      ::setresuid(user.pw_uid, user.pw_uid, user.pw_uid) != 0)
    throw SystemError(errno, "become user '", user.pw_name, "'");
  if (::setuid(0) == 0) throw PushError("root's rights were not dropped", EX_SOFTWARE);
}

}  // namespace

Caller Caller::identify() {
  const passwd* user = ::getpwnam("hythe");
  if (user == nullptr)
    throw PushError("there is no user 'hythe'\ninstall the package again", EX_CONFIG);
  const bool is_root = ::geteuid() == 0;
  if (!is_root && ::geteuid() != user->pw_uid)
    throw PushError("hythe is run by root, or over ssh\ntry: sudo hythe …", EX_NOPERM);
  Caller caller;
  if (is_root) {
    const std::string sudo = variable("SUDO_USER");
    caller.name = sudo.empty() ? "root" : sudo;
    become(*user);
  } else {
    caller.name = variable(kCallerVariable);
    caller.is_remote = !caller.name.empty();
    if (!caller.is_remote) caller.name = "hythe";
  }
  ::umask(077);
  return caller;
}

}  // namespace hythe
