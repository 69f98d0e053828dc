// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace hythe::container {

/// How a container ended.
struct End {
  int code = 0;  // when signal is 0
  int signal = 0;
  bool out_of_memory = false;    // the kernel killed some process of it for want of memory
  bool out_of_pids = false;      // some fork of it failed for the limit of processes
  std::uint64_t memory_mib = 0;  // the limit, when that ran out; 0: the host's memory did
  std::string victim{};          // whom the kernel killed then, where it can be known

  /// "exit 1", "signal 9 oom 512 node"
  [[nodiscard]] std::string text() const {
    std::string out =
        signal == 0 ? "exit " + std::to_string(code) : "signal " + std::to_string(signal);
    if (out_of_memory) out += " oom " + std::to_string(memory_mib);
    if (!victim.empty()) out += " " + victim;
    return out;
  }
  /// Whose memory ran out: "the limit is 512 MiB", "that of the host".
  [[nodiscard]] std::string whose_memory() const {
    return memory_mib == 0 ? "that of the host"
                           : "the limit is " + std::to_string(memory_mib) + " MiB";
  }
  /// For its log: "ran out of memory (limit 512 MiB, process node)".
  [[nodiscard]] std::string describe() const {
    const std::string process = victim.empty() ? "" : "process " + victim;
    if (out_of_memory && memory_mib == 0)
      return "was killed when the host ran out of memory" +
             (process.empty() ? "" : " (" + process + ")");
    if (out_of_memory)
      return "ran out of memory (limit " + std::to_string(memory_mib) + " MiB" +
             (process.empty() ? "" : ", " + process) + ")";
    return signal != 0 ? "was killed by signal " + std::to_string(signal)
                       : "exited with code " + std::to_string(code);
  }
};

}  // namespace hythe::container
