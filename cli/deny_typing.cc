// SPDX-License-Identifier: Apache-2.0
#include "cli/deny_typing.h"

#include <linux/audit.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>

#include <cerrno>

#include "lib/process/system_call_filter.h"

namespace hythe {
namespace {

struct Call {
  unsigned machine;
  long number;
};

/// Every number that the kernel may take for ioctl. A program can use those of the 32-bit
/// machine too, and x86-64 has a third set of its own, which older kernels also take without
/// its bit.
constexpr Call kIoctls[] = {
#if defined(__x86_64__)
    {AUDIT_ARCH_X86_64, SYS_ioctl}, {AUDIT_ARCH_X86_64, __X32_SYSCALL_BIT | SYS_ioctl},
    {AUDIT_ARCH_X86_64, 514},       {AUDIT_ARCH_X86_64, __X32_SYSCALL_BIT | 514},
    {AUDIT_ARCH_I386, 54},
#elif defined(__aarch64__)
    {AUDIT_ARCH_AARCH64, SYS_ioctl},
    {AUDIT_ARCH_ARM, 54},
#endif
};

/// TIOCLINUX pastes on a console.
constexpr long kTyping[] = {TIOCSTI, TIOCLINUX};

}  // namespace

void deny_typing() {
  SystemCallFilter filter;
  for (const Call& ioctl : kIoctls)
    for (const long request : kTyping) {
      // The request last: what depends on numbers alone, the kernel decides only once.
      filter.load_machine();
      filter.skip_unless(ioctl.machine, 5);
      filter.load_number();
      filter.skip_unless(ioctl.number, 3);
      filter.load_argument(1);  // of which the kernel, too, looks at 32 bits
      filter.skip_unless(request, 1);
      filter.fail_with(EPERM);
    }
  filter.allow();
  filter.install();
}

}  // namespace hythe
