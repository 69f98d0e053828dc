// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "model/app.h"
#include "model/config.h"
#include "model/container/container_command.h"
#include "model/release.h"

namespace hythe {

/// What a container of a release runs: the shell that reads .profile.d and then `command`,
/// with the stack's variables < the release's defaults < the app's < the platform's
/// (buildpack API: start of a container). `process` is its name, "web.1"; with a port it is
/// told to listen there.
[[nodiscard]] ContainerCommand container_command(const App& app, const Release& release,
                                                 const std::string& process,
                                                 const std::string& command, unsigned port,
                                                 const Config& config);

}  // namespace hythe
