// SPDX-License-Identifier: Apache-2.0
#include "helpers/harden.h"

#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <string_view>

#include "core/unique_fd.h"
#include "helpers/authorise.h"
#include "helpers/die.h"

namespace hythe::root {
namespace {

/// 0, 1 and 2 are open afterwards, so that no file of ours can become somebody's stderr; all
/// others are closed.
void settle_descriptors() noexcept {
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; ++fd) {
    if (::fcntl(fd, F_GETFD) >= 0 || errno != EBADF) continue;
    // The lowest free number is the one that was missing. There is nobody to tell otherwise.
    if (::open("/dev/null", fd == STDIN_FILENO ? O_RDONLY : O_WRONLY) != fd) ::_exit(EX_OSERR);
  }
  if (::close_range(STDERR_FILENO + 1, ~0U, 0) != 0) ::_exit(EX_OSERR);
}

/// Two fixed variables, in static memory: nothing of the caller's reaches us or a child.
void replace_environment() noexcept {
  static char path[] = "PATH=/usr/sbin:/usr/bin:/sbin:/bin";
  static char locale[] = "LC_ALL=C";
  static char* variables[] = {path, locale, nullptr};
  ::environ = variables;
}

/// Timers and ignored or blocked signals survive an exec; each could end us half-way or hide
/// a child's end.
void reset_timers_and_signals() noexcept {
  const itimerval off{};
  for (const auto which : {ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF})
    if (::setitimer(which, &off, nullptr) != 0) die_errno("stop an inherited timer");

  struct sigaction action {};
  action.sa_handler = SIG_DFL;
  for (int number = 1; number <= SIGRTMAX; ++number)
    ::sigaction(number, &action, nullptr);  // fails for KILL, STOP and libc's own two only
  action.sa_handler = SIG_IGN;
  ::sigaction(SIGPIPE, &action, nullptr);  // a caller that left is an error code, not a death

  sigset_t none;
  ::sigemptyset(&none);
  if (::sigprocmask(SIG_SETMASK, &none, nullptr) != 0) die_errno("unblock signals");
}

struct Limit {
  __rlimit_resource resource;
  rlim_t soft;
  rlim_t hard;
  rlim_t least;  // with less than this, work could break off half-way
  std::string_view name;
};

constexpr rlim_t kMiB = 1U << 20U;
constexpr Limit kLimits[] = {
    // A low FSIZE would cut a file that nginx reads, a low CPU kill us in the middle.
    {RLIMIT_FSIZE, RLIM_INFINITY, RLIM_INFINITY, RLIM_INFINITY, "file size"},
    {RLIMIT_CPU, RLIM_INFINITY, RLIM_INFINITY, RLIM_INFINITY, "processor time"},
    {RLIMIT_RTTIME, RLIM_INFINITY, RLIM_INFINITY, RLIM_INFINITY, "real-time"},
    {RLIMIT_AS, RLIM_INFINITY, RLIM_INFINITY, 1024 * kMiB, "address space"},
    {RLIMIT_DATA, RLIM_INFINITY, RLIM_INFINITY, 1024 * kMiB, "data"},
    {RLIMIT_STACK, 8 * kMiB, RLIM_INFINITY, 8 * kMiB, "stack"},
    {RLIMIT_NOFILE, 1024, 524288, 256, "open files"},
    {RLIMIT_NPROC, RLIM_INFINITY, RLIM_INFINITY, 0, "processes"},  // does not bind root
    {RLIMIT_CORE, 0, 0, 0, "core"},                                // never a core with secrets
    {RLIMIT_MEMLOCK, 8 * kMiB, 8 * kMiB, 0, "locked memory"},
    {RLIMIT_SIGPENDING, 8192, 8192, 256, "pending signals"},
    {RLIMIT_NICE, 0, 0, 0, "nice"},
    {RLIMIT_RTPRIO, 0, 0, 0, "real-time priority"},
};

/// Sets the table above. Where CAP_SYS_RESOURCE is missing (a root confined by a container)
/// a limit cannot be raised: then its hard value counts, if that is harmless.
void reset_limits() noexcept {
  for (const Limit& limit : kLimits) {
    const rlimit wanted{limit.soft, limit.hard};
    if (::setrlimit(limit.resource, &wanted) == 0) continue;
    rlimit given{};
    if (::getrlimit(limit.resource, &given) != 0) die_errno("read the limit of ", limit.name);
    given.rlim_cur = limit.soft < given.rlim_max ? limit.soft : given.rlim_max;
    if (given.rlim_cur < limit.least || ::setrlimit(limit.resource, &given) != 0)
      die(EX_OSERR, "cannot lift the caller's limit of ", limit.name);
  }
}

/// A niced or pinned caller must not make nginx's reload slow, nor an app inherit it. All of
/// these only change how fast we are, so what a confined root may not do is left, ignoring.
void reset_scheduling() noexcept {
  const sched_param ordinary{};
  (void)::sched_setscheduler(0, SCHED_OTHER, &ordinary);
  (void)::setpriority(PRIO_PROCESS, 0, 0);
  cpu_set_t all;
  std::memset(&all, 0xff, sizeof all);
  (void)::sched_setaffinity(0, sizeof all, &all);
  constexpr int kIoprioWhoProcess = 1;
  (void)::syscall(SYS_ioprio_set, kIoprioWhoProcess, 0, 0);
  (void)::prctl(PR_SET_TIMERSLACK, 0UL, 0UL, 0UL, 0UL);
  const UniqueFd oom(::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC));
  if (oom) (void)!::write(oom.get(), "0\n", 2);
}

/// Real, effective and saved ids 0 and no other group: the caller's uid has no hold on the
/// process any more.
void become_root() noexcept {
  if (::setgroups(0, nullptr) != 0) die_errno("drop supplementary groups");
  if (::setresgid(0, 0, 0) != 0) die_errno("change group");
  if (::setresuid(0, 0, 0) != 0) die_errno("change user");
  uid_t uid[3] = {1, 1, 1};
  gid_t gid[3] = {1, 1, 1};
  if (::getresuid(&uid[0], &uid[1], &uid[2]) != 0 ||
      ::getresgid(&gid[0], &gid[1], &gid[2]) != 0)
    die_errno("read back user and group");
  for (int i = 0; i < 3; ++i)
    if (uid[i] != 0 || gid[i] != 0) die(EX_SOFTWARE, "user and group did not change");
  if (::getgroups(0, nullptr) != 0) die(EX_SOFTWARE, "groups were not dropped");
}

}  // namespace

uid_t harden(const Front& front, int argc, const char* const* argv) noexcept {
  if (argc < 1 || argv == nullptr || argv[0] == nullptr) ::_exit(EX_USAGE);
  settle_descriptors();
  replace_environment();
  set_program_name(front.name);
  if (::geteuid() != 0) die(EX_CONFIG, "must be setuid root: see packaging/modes");
  const uid_t caller = ::getuid();

  // No core file and no /proc/PID/mem for anybody but root, from here on.
  if (::prctl(PR_SET_DUMPABLE, 0UL, 0UL, 0UL, 0UL) != 0) die_errno("become undumpable");
  ::umask(077);
  if (::chdir("/") != 0) die_errno("change to /");
  reset_timers_and_signals();
  reset_limits();
  reset_scheduling();
  if (::personality(PER_LINUX) < 0) die_errno("reset the personality");

  authorise(caller);
  require_place(front.path);
  become_root();
  return caller;
}

}  // namespace hythe::root
