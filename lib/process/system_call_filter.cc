// SPDX-License-Identifier: Apache-2.0
#include "lib/process/system_call_filter.h"

#include <linux/audit.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>

#include <cerrno>

#include "lib/errors.h"

namespace hythe {

#if defined(__x86_64__)
const unsigned SystemCallFilter::kMachine = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
const unsigned SystemCallFilter::kMachine = AUDIT_ARCH_AARCH64;
#endif

void SystemCallFilter::load_machine() {
  load(offsetof(seccomp_data, arch));
}

void SystemCallFilter::load_number() {
  load(offsetof(seccomp_data, nr));
}

void SystemCallFilter::load_argument(std::size_t index) {
  // Both machines are little-endian: the half of an argument that has the bits comes first.
  load(offsetof(seccomp_data, args) + index * sizeof(__u64));
}

void SystemCallFilter::skip_unless(long value, unsigned char count) {
  add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(value), 0, count);
}

void SystemCallFilter::skip_if_any(unsigned bits, unsigned char count) {
  add(BPF_JMP | BPF_JSET | BPF_K, bits, count, 0);
}

void SystemCallFilter::allow() {
  add(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
}

void SystemCallFilter::fail_with(int code) {
  add(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | static_cast<unsigned>(code));
}

void SystemCallFilter::install() {
  const sock_fprog program = {.len = static_cast<unsigned short>(code_.size()),
                              .filter = code_.data()};
  if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) != 0)
    throw SystemError(errno, "restrict system calls");
}

void SystemCallFilter::load(std::size_t offset) {
  add(BPF_LD | BPF_W | BPF_ABS, static_cast<unsigned>(offset));
}

void SystemCallFilter::add(unsigned code, unsigned value, unsigned char yes, unsigned char no) {
  code_.push_back({.code = static_cast<unsigned short>(code), .jt = yes, .jf = no, .k = value});
}

}  // namespace hythe
