// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "inside/build/layout.h"

namespace hythe::builder {

/// After the buildpacks: makes the build directory what becomes /app of the release.
///
/// Some buildpacks install into $HOME/vendor and never move it, counting on /app being the
/// app at run time: what is real there and not in the build directory is brought over. The
/// rest of /app is dropped, and so is a .git.
void finish_tree(const Layout& layout);

/// A text of the build directory such as the Procfile, read only now, since some buildpacks
/// write it. Throws BuildFailure when it cannot be one.
[[nodiscard]] std::optional<std::string> read_text(const Layout& layout, std::string_view name);
/// The app.json; nullopt when it is too large or no text: it is read for what few of them have.
[[nodiscard]] std::optional<std::string> read_app_json(const Layout& layout);

}  // namespace hythe::builder
