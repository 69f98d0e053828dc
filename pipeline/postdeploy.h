// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lib/app.h"
#include "lib/config.h"
#include "lib/release.h"
#include "pipeline/progress.h"

namespace hythe {

/// Runs the release's `postdeploy` command, if it has one, in a container of its own, with
/// its output streamed. Throws DeploymentFailure (hook-error) unless it exits with 0 in time.
void postdeploy(const Release& release, const App& app, const Config& config,
                Progress& progress);

}  // namespace hythe
