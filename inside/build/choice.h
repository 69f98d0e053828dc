// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "inside/build/address.h"
#include "inside/build/layout.h"
#include "inside/build/process.h"

namespace hythe::builder {

/// A buildpack to be run, in the order of a list of them.
struct Chosen {
  BuildpackAddress address;
  /// Known when it was detected. One that was asked for has yet to look, after the buildpacks
  /// before it.
  std::optional<std::string> language{};
  std::string remark{};  // to be shown below its title
};

/// Who builds this source. The first of these that says something: the app's variables
/// BUILDPACK_URL and BUILDPACK_NAME; the file .buildpacks and `buildpacks` in scalingo.json or
/// app.json, of the app and then of the directories above it; and the first official buildpack
/// that recognises it. Throws BuildFailure when it says nothing that can be used, or when
/// nobody recognises the source.
[[nodiscard]] std::vector<Chosen> choose_buildpacks(const Layout& layout, const Variables& app,
                                                    const Variables& environment);

}  // namespace hythe::builder
