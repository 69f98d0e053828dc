// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace hythe::builder {

/// "exited with code 3", "was killed by signal 9"; `code` is as a shell counts.
[[nodiscard]] std::string describe_exit(int code);

/// What a buildpack's exit code most often means, as a second line: it did perhaps not say
/// anything itself. Empty when nothing can be said.
[[nodiscard]] std::string likely_reason(int code);

/// The same for a script that did not say anything itself, never empty, and how to make it.
[[nodiscard]] std::string likely_reason_of_silence(int code);

/// "the disk of the build is full", if it is, as a further line.
[[nodiscard]] std::string full_disk_hint(const std::string& directory);

}  // namespace hythe::builder
