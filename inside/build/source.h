// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "inside/build/address.h"
#include "inside/build/layout.h"

namespace hythe::builder {

/// Makes the build directory from the tar stream on stdin. Throws BuildFailure.
void unpack_source(const Layout& layout);

/// PROJECT_DIR: only that directory of the source is the app, and what chooses buildpacks above
/// it is kept aside. Throws BuildFailure.
void choose_project(const Layout& layout, const std::string& project);

/// A buildpack that is to be tried travels in the source: takes it out of there. Throws
/// BuildFailure.
[[nodiscard]] BuildpackAddress set_aside(const Layout& layout, const std::string& buildpack);

}  // namespace hythe::builder
