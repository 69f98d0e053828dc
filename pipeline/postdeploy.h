// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "model/app.h"
#include "model/config.h"
#include "model/release.h"
#include "pipeline/progress.h"

namespace hythe {

/// Runs the release's `postdeploy` command, if it has one, in a container of its own, with
/// its output streamed. Throws DeploymentFailure (hook-error) unless it exits with 0 in time.
void postdeploy(const Release& release, const App& app, const Config& config,
                Progress& progress);

/// The same of a command that follows a review app's first deployment only; "" is none.
void first_deploy(const std::string& command, const Release& release, const App& app,
                  const Config& config, Progress& progress);

}  // namespace hythe
