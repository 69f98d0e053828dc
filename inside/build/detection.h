// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "inside/build/choice.h"

namespace hythe::builder {

/// The official buildpacks that the platform has, in alphabetical order.
[[nodiscard]] std::vector<std::string> installed_buildpacks(const Layout& layout);

/// The first official buildpack that recognises the source, remarked when others of another
/// language do as well. Throws BuildFailure when none does, which says what they look for.
[[nodiscard]] Chosen detect_buildpack(const Layout& layout, const Variables& environment);

}  // namespace hythe::builder
