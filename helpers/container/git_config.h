// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace hythe::container {

/// git's system configuration inside containers: sources and buildpacks belong to other users
/// than the one who runs git there; and what the host's /etc/gitconfig says, such as
/// `url.<base>.insteadOf` for a mirror, if everybody may read that file.
[[nodiscard]] std::string git_config();

}  // namespace hythe::container
