// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "inside/build/process.h"

namespace hythe::builder {

/// The lines of a file such as `.buildpacks`, without CR, blanks around them, empty lines and
/// '#' comments. Empty when the file only has those.
[[nodiscard]] std::vector<std::string> parse_lines(std::string_view text);

/// `buildpacks` of an app.json, as Heroku and Dokku read it: the `url` of each. Throws
/// BuildFailure when it is no JSON. Empty when there is no such file, or nothing in it.
[[nodiscard]] std::vector<std::string> buildpacks_of_manifest(const std::string& path,
                                                              const Variables& environment);

}  // namespace hythe::builder
