// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace hythe::container {

/// git's system configuration inside containers: sources and buildpacks belong to other users
/// than the one who runs git there. Of the host's /etc/gitconfig it has the sections of
/// `url.<base>.insteadOf`, which lead to a mirror, but none that has a user or password in it,
/// and nothing else: apps read it.
[[nodiscard]] std::string git_config();

/// Those sections of such a file.
[[nodiscard]] std::string mirrors_in(std::string_view config);

}  // namespace hythe::container
