// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace hythe::container {

/// How a container ended.
struct End {
  int code = 0;  // when signal is 0
  int signal = 0;
  bool out_of_memory = false;  // the kernel killed some process of it for want of memory
  bool out_of_pids = false;    // some fork of it failed for the limit of processes

  /// "exit 1", "signal 9 oom"
  [[nodiscard]] std::string text() const {
    std::string out =
        signal == 0 ? "exit " + std::to_string(code) : "signal " + std::to_string(signal);
    return out_of_memory ? out + " oom" : out;
  }
};

}  // namespace hythe::container
