// SPDX-License-Identifier: Apache-2.0
#include "helpers/lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/time.h>

#include <csignal>

#include "helpers/die.h"

namespace hythe::root {
namespace {

/// flock(2) knows no deadline, but a signal interrupts it. The timer repeats, since the first
/// signal may come just before flock is entered.
class Interrupter {
 public:
  explicit Interrupter(int ms) noexcept {
    struct sigaction action {};
    action.sa_handler = [](int) {};
    ::sigaction(SIGALRM, &action, &before_);
    const itimerval timer{{0, 20'000}, {ms / 1000, ms % 1000 * 1000 + 1}};
    ::setitimer(ITIMER_REAL, &timer, nullptr);
  }
  Interrupter(const Interrupter&) = delete;
  Interrupter& operator=(const Interrupter&) = delete;
  ~Interrupter() {
    const itimerval off{};
    ::setitimer(ITIMER_REAL, &off, nullptr);
    ::sigaction(SIGALRM, &before_, nullptr);
  }

 private:
  struct sigaction before_ {};
};

bool lock_until(int fd, Deadline deadline) noexcept {
  if (::flock(fd, LOCK_EX | LOCK_NB) == 0) return true;
  if (errno != EWOULDBLOCK && errno != EINTR) die_errno("lock");
  const Interrupter interrupter(deadline.remaining_ms());
  while (::flock(fd, LOCK_EX) != 0) {
    if (errno != EINTR) die_errno("lock");
    if (deadline.has_passed()) return false;
  }
  return true;
}

}  // namespace

Lock Lock::take(const Directory& directory, const char* name, Deadline deadline) noexcept {
  UniqueFd fd(::openat(directory.fd(), name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!fd) die_errno("open the lock '", name, "'");
  if (!lock_until(fd.get(), deadline))
    die(EX_TEMPFAIL, "another change is still at work: try again");
  return Lock(std::move(fd));
}

}  // namespace hythe::root
