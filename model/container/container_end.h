// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "lib/process/child.h"

namespace hythe {

/// How a container ended, from the words of hythe-launch (core/helper_contract.h).
struct ContainerEnd {
  bool is_known = false;
  ExitStatus status{};
  bool out_of_memory = false;
  bool timed_out = false;
  bool filled_disk = false;
  bool wanted_more_processes = false;  // than its limit; that need not have ended it
  std::uint64_t memory_mib = 0;        // the limit, when that ran out; 0: the host's memory did
  std::string victim{};                // whom the kernel killed then, where it is known

  /// As a container's state has it: "exit 7", "signal 9 oom 512 node".
  [[nodiscard]] static ContainerEnd parse(const std::string& text);

  /// Takes one answer; others than those about the end are ignored.
  void take(const std::string& key, const std::string& value);
  [[nodiscard]] bool is_success() const {
    return is_known && status.is_success() && !out_of_memory && !timed_out && !filled_disk;
  }
  /// "exited with code 1", "was killed by SIGSEGV", "ran out of memory (limit 512 MiB, process
  /// node)", "was killed when the host ran out of memory (process node)"
  [[nodiscard]] std::string describe() const;
};

}  // namespace hythe
