// SPDX-License-Identifier: Apache-2.0
#include "stacks/system_calls.h"

#include <sys/mman.h>
#include <sys/syscall.h>

#include <cerrno>

#include "lib/system_call_filter.h"

namespace hythe::stacks {
namespace {

/// What reads an archive, makes a tree of it and says how it went; and what the C library does
/// by itself for memory, signals and the end of a process.
constexpr long kAllowed[] = {
    // files that are open
    SYS_read,
    SYS_pread64,
    SYS_readv,
    SYS_write,
    SYS_writev,
    SYS_lseek,
    SYS_fstat,
    SYS_ftruncate,
    SYS_fchmod,
    SYS_getdents64,
    SYS_fcntl,
    SYS_close,
    // files that have a name, which is looked for below "/", the tree
    SYS_openat,
    SYS_openat2,
    SYS_newfstatat,
    SYS_statx,
    SYS_readlinkat,
    SYS_mkdirat,
    SYS_linkat,
    SYS_symlinkat,
    SYS_unlinkat,
    SYS_renameat,
    SYS_renameat2,
    SYS_fchmodat,
    SYS_utimensat,
    // memory, but for mmap and mprotect
    SYS_brk,
    SYS_munmap,
    SYS_mremap,
    SYS_madvise,
    // itself
    SYS_futex,
    SYS_getrandom,
    SYS_clock_gettime,
    SYS_gettid,
    SYS_getpid,
    SYS_tgkill,  // abort(3); nobody else is in its pid namespace
    SYS_rt_sigaction,
    SYS_rt_sigprocmask,
    SYS_rt_sigreturn,
    SYS_restart_syscall,
    SYS_exit,
    SYS_exit_group,
};

/// With a protection as their third argument.
constexpr long kMapping[] = {SYS_mmap, SYS_mprotect};

}  // namespace

void allow_only_file_calls() {
  SystemCallFilter filter;
  filter.load_machine();
  filter.skip_unless(SystemCallFilter::kMachine, 1);
  filter.load_number();
  // With another machine's numbers, the register still holds the machine: no call has that.
  for (const long call : kAllowed) {
    filter.skip_unless(call, 1);
    filter.allow();
  }
  for (const long call : kMapping) {
    filter.skip_unless(call, 4);
    filter.load_argument(2);
    filter.skip_if_any(PROT_EXEC, 1);
    filter.allow();
    filter.fail_with(EPERM);
  }
  filter.fail_with(ENOSYS);
  filter.install();
}

}  // namespace hythe::stacks
