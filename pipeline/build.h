// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/app.h"
#include "model/config.h"
#include "model/used_buildpack.h"
#include "pipeline/order.h"
#include "pipeline/progress.h"
#include "pipeline/source.h"

namespace hythe {

/// What a build left behind: a tree that only root can reach, by the deployment's number,
/// and what hythe-build reported of it.
struct Build {
  Number deployment = 0;
  UsedBuildpacks buildpacks{};
  std::string stack{};                        // "host", or the version that root took
  std::uint64_t size = 0;                     // bytes of all files, as root has counted them
  std::uint64_t cache_size = 0;               // bytes, as the build has counted them
  std::optional<std::string> procfile{};      // its bytes, as the build left it
  std::optional<std::string> cron_json{};     // likewise
  std::optional<std::string> app_json{};      // likewise, unless there is a cron.json
  std::vector<std::string> release_output{};  // what bin/release printed, of each buildpack
};

/// Runs the buildpacks over the source, in a container of the app, with their output
/// streamed to the console, once the host has a slot for one more build. Throws
/// DeploymentFailure (build-error) that says what failed.
[[nodiscard]] Build build(const Source& source, const Order& order, const App& app,
                          const Config& config, Progress& progress);

/// Forgets a build that did not become a release, and its container, if there is one.
void discard_build(const AppName& app, Number deployment);

}  // namespace hythe
