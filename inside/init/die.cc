// SPDX-License-Identifier: Apache-2.0
#include "inside/init/die.h"

#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace hythe::init {
namespace {

iovec part(const char* text) noexcept {
  // writev(2) takes void* and does not write through it.
  return {.iov_base = const_cast<char*>(text), .iov_len = std::strlen(text)};
}

template <std::size_t kCount>
void say(const iovec (&parts)[kCount]) noexcept {
  // There is nobody to tell when stderr is gone.
  [[maybe_unused]] const ssize_t written =
      ::writev(STDERR_FILENO, parts, static_cast<int>(kCount));
}

}  // namespace

void die(const char* what, const char* subject) noexcept {
  say({part("hythe-init: "), part(what), part(" '"), part(subject), part("'\n")});
  ::_exit(kCannotRun);
}

void die_errno(const char* what, const char* subject, int exit_code) noexcept {
  const char* reason = ::strerrordesc_np(errno);
  say({part("hythe-init: cannot "), part(what), part(" '"), part(subject), part("': "),
       part(reason != nullptr ? reason : "unknown error"), part("\n")});
  ::_exit(exit_code);
}

}  // namespace hythe::init
