// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <linux/filter.h>

#include <cstddef>
#include <vector>

namespace hythe {

/// A program of the kernel's filter machine, which has one register, and sees of each system
/// call the machine whose numbers it uses, the number and the arguments (seccomp(2)).
class SystemCallFilter {
 public:
  /// AUDIT_ARCH_… of the machine that hythe was built for.
  static const unsigned kMachine;

  void load_machine();
  void load_number();
  /// Its lower 32 bits.
  void load_argument(std::size_t index);
  /// Leaves out the next `count` instructions unless the register is the value.
  void skip_unless(long value, unsigned char count);
  /// Leaves out the next `count` instructions if it has one of these bits.
  void skip_if_any(unsigned bits, unsigned char count);
  void allow();
  /// The call fails with this errno.
  void fail_with(int code);

  /// For this thread and all that it starts, for good. The process must be root, or have
  /// PR_SET_NO_NEW_PRIVS. Throws SystemError.
  void install();

 private:
  void load(std::size_t offset);
  void add(unsigned code, unsigned value, unsigned char yes = 0, unsigned char no = 0);
  std::vector<sock_filter> code_;
};

}  // namespace hythe
