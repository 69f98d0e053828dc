// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/release.h"
#include "pipeline/build.h"

namespace hythe {

/// Makes a build the next release of its app: immutable, numbered, on disk. Throws
/// DeploymentFailure (build-error) when the Procfile or the jobs cannot
/// be read.
[[nodiscard]] Release release(const Build& built, const Order& order, const App& app,
                              const Config& config, Progress& progress);

}  // namespace hythe
