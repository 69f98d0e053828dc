// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "lib/archive/tar_writer.h"

namespace hythe {

/// Adds all that is in a directory of the host to a tar, below `prefix` ("" or "a/b/"); .git
/// at its top is left out, and what is neither file, directory nor symbolic link. Throws
/// PushError for what cannot be read.
void add_directory(TarWriter& tar, const std::string& directory, const std::string& prefix);

}  // namespace hythe
