// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace hythe::container {

/// The seccomp section of every container's config.json, as JSON text: an allow list made of
/// the system calls that were known, and looked at, when this was written. What is refused
/// by name answers EPERM; whatever else there is does not exist (ENOSYS), so that a newer C
/// library falls back to what it knows.
[[nodiscard]] std::string seccomp_section();

}  // namespace hythe::container
