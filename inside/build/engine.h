// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "inside/build/choice.h"
#include "inside/build/layout.h"
#include "inside/build/report.h"

namespace hythe::builder {

/// Runs the chosen buildpacks one after the other over the same build directory: detect,
/// compile, export, release. What one exports reaches the bin/detect and bin/compile of the
/// next; bin/release always has the plain environment. Throws BuildFailure.
void run_buildpacks(const std::vector<Chosen>& chosen, const Layout& layout,
                    const Variables& plain, Report& report);

}  // namespace hythe::builder
