// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "inside/build/layout.h"

namespace hythe::builder {

/// After the buildpacks: makes the build directory what becomes /app of the release.
///
/// Some buildpacks install into $HOME/vendor and never move it, counting on /app being the
/// app at run time: what is real there and not in the build directory is brought over. The
/// rest of /app is dropped, and so is a .git.
void finish_tree(const Layout& layout);

/// The Procfile, read only now, since some buildpacks write it. Throws BuildFailure when it
/// cannot be one.
[[nodiscard]] std::optional<std::string> read_procfile(const Layout& layout);

}  // namespace hythe::builder
