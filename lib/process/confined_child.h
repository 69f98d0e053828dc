// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "lib/process/cancellation.h"

namespace hythe {

/// What a confined child may take.
struct Confinement {
  Milliseconds time;
  std::uint64_t output_size;
  std::size_t answer_size;
};

/// Runs `work` in a child of ours for which there are two descriptors in the world, `input` and
/// `output`, and returns its answer. What is a stranger's is read in there, by libraries that
/// have had their CVEs. Code that takes over the child
///
///   opens nothing        no system call that opens a path, nor a socket or another program
///   reaches nobody       nor one that signals or traces
///   has no end of room   limits of memory, of processor time and of the output
///
/// and can answer what it likes: nothing of it is to be believed. Text has the locale C.UTF-8
/// in there. Throws PushError with what the child complained of, or when it takes too long; and
/// Cancelled.
[[nodiscard]] std::string run_confined(int input, int output, const Confinement& confinement,
                                       const Cancellation& cancellation,
                                       const std::function<std::string(int, int)>& work);

}  // namespace hythe
