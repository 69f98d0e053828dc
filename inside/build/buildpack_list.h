// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "inside/build/process.h"

namespace hythe::builder {

/// `buildpacks` of an app.json, as Heroku and Dokku read it: the `url` of each. Throws
/// BuildFailure when it is no JSON. Empty when there is no such file, or nothing in it.
[[nodiscard]] std::vector<std::string> buildpacks_of_manifest(const std::string& path,
                                                              const Variables& environment);

}  // namespace hythe::builder
