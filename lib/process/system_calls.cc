// SPDX-License-Identifier: Apache-2.0
#include "lib/process/system_calls.h"

#include <sys/mman.h>
#include <sys/syscall.h>

#include <cerrno>
#include <initializer_list>
#include <span>

#include "lib/process/system_call_filter.h"

namespace hythe {
namespace {

/// What works on files that are open; and what the C library does by itself for memory, signals
/// and the end of a process.
constexpr long kOpenFiles[] = {
    SYS_read,
    SYS_pread64,
    SYS_readv,
    SYS_write,
    SYS_writev,
    SYS_lseek,
    SYS_fstat,
    SYS_ftruncate,
    SYS_newfstatat,  // fstat(3), in some C libraries
    SYS_close,
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
    SYS_rt_sigaction,
    SYS_rt_sigprocmask,
    SYS_rt_sigreturn,
    SYS_restart_syscall,
    SYS_exit,
    SYS_exit_group,
};

/// What makes a tree, of files with names that are looked for below "/"; and what could reach
/// other processes, of which there are none in a pid namespace of one's own.
constexpr long kNamedFiles[] = {
    SYS_tgkill,   SYS_fcntl,      SYS_fchmod,   SYS_getdents64, SYS_openat,    SYS_openat2,
    SYS_statx,    SYS_readlinkat, SYS_mkdirat,  SYS_linkat,     SYS_symlinkat, SYS_unlinkat,
    SYS_renameat, SYS_renameat2,  SYS_fchmodat, SYS_utimensat,
};

/// With a protection as their third argument.
constexpr long kMapping[] = {SYS_mmap, SYS_mprotect};

void allow(SystemCallFilter& filter, std::span<const long> calls) {
  for (const long call : calls) {
    filter.skip_unless(call, 1);
    filter.allow();
  }
}

void allow_only(std::initializer_list<std::span<const long>> groups) {
  SystemCallFilter filter;
  filter.load_machine();
  filter.skip_unless(SystemCallFilter::kMachine, 1);
  filter.load_number();
  // With another machine's numbers, the register still holds the machine: no call has that.
  for (const auto calls : groups) allow(filter, calls);
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

}  // namespace

void allow_only_file_calls() {
  allow_only({kOpenFiles, kNamedFiles});
}

void allow_only_open_files() {
  allow_only({kOpenFiles});
}

}  // namespace hythe
