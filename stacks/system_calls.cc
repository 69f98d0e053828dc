// SPDX-License-Identifier: Apache-2.0
#include "stacks/system_calls.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include <cerrno>
#include <cstddef>
#include <vector>

#include "lib/errors.h"

namespace hythe::stacks {
namespace {

#if defined(__x86_64__)
constexpr unsigned kMachine = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr unsigned kMachine = AUDIT_ARCH_AARCH64;
#endif

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

/// A program of the kernel's filter machine, which has one register.
class Filter {
 public:
  void load(std::size_t offset) {
    add(BPF_LD | BPF_W | BPF_ABS, static_cast<unsigned>(offset));
  }
  /// Leaves out the next `count` instructions unless the register is the value.
  void skip_unless(long value, unsigned char count) {
    add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(value), 0, count);
  }
  /// Leaves out the next `count` instructions if it has one of these bits.
  void skip_if_any(unsigned bits, unsigned char count) {
    add(BPF_JMP | BPF_JSET | BPF_K, bits, count, 0);
  }
  void end_with(unsigned action) { add(BPF_RET | BPF_K, action); }

  void install() {
    const sock_fprog program = {.len = static_cast<unsigned short>(code_.size()),
                                .filter = code_.data()};
    if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) != 0)
      throw SystemError(errno, "restrict system calls");
  }

 private:
  void add(unsigned code, unsigned value, unsigned char yes = 0, unsigned char no = 0) {
    code_.push_back(
        {.code = static_cast<unsigned short>(code), .jt = yes, .jf = no, .k = value});
  }
  std::vector<sock_filter> code_;
};

}  // namespace

void allow_only_file_calls() {
  // Both machines are little-endian: the half of an argument that has the bits comes first.
  constexpr std::size_t kProtection = offsetof(seccomp_data, args) + 2 * sizeof(__u64);
  Filter filter;
  filter.load(offsetof(seccomp_data, arch));
  filter.skip_unless(kMachine, 1);
  filter.load(offsetof(seccomp_data, nr));
  // With another machine's numbers, the register still holds the machine: no call has that.
  for (const long call : kAllowed) {
    filter.skip_unless(call, 1);
    filter.end_with(SECCOMP_RET_ALLOW);
  }
  for (const long call : kMapping) {
    filter.skip_unless(call, 4);
    filter.load(kProtection);
    filter.skip_if_any(PROT_EXEC, 1);
    filter.end_with(SECCOMP_RET_ALLOW);
    filter.end_with(SECCOMP_RET_ERRNO | EPERM);
  }
  filter.end_with(SECCOMP_RET_ERRNO | ENOSYS);
  filter.install();
}

}  // namespace hythe::stacks
