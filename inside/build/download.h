// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "inside/build/process.h"

namespace hythe::builder {

/// What a program that reads from the network may take: others decide what it gets.
struct DownloadLimits {
  std::chrono::seconds time;
  std::uint64_t file_size;  // bytes of any file that it writes
};

/// Runs one of the stack's programs, git or curl, within the limits, with what it says
/// captured; 124 when its time ran out.
[[nodiscard]] Outcome run_limited(const std::string& program,
                                  const std::vector<std::string>& arguments,
                                  const Variables& environment, const std::string& directory,
                                  const DownloadLimits& limits);

/// The first line that says something, for a message: what follows is mostly advice.
[[nodiscard]] std::string reason_in(const std::string& output);

/// "(git exited with code 128: fatal: …)", or that its time ran out.
[[nodiscard]] std::string describe_download(const std::string& program, const Outcome& outcome,
                                            const DownloadLimits& limits);

}  // namespace hythe::builder
