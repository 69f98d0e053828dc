// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace hythe::builder {

/// What a push refuses of the app's own files, of what its submodules have brought: paths that
/// are too long, and Git LFS pointers in the place of files. Throws BuildFailure that names
/// them.
void refuse_undeployable(const std::string& directory, std::uint64_t path_length);

}  // namespace hythe::builder
