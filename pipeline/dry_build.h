// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/stack_name.h"
#include "model/config.h"

namespace hythe {

/// A build that nothing comes of: for whoever writes a buildpack, or wonders what a release
/// would hold.
struct DryBuild {
  std::string source;                      // a directory, or "-": a tar on stdin
  std::optional<std::string> buildpack{};  // a directory; instead of what the source chooses
  std::map<std::string, std::string> environment{};
  StackName stack = StackName::host();
};

/// detect, compile, release and report in the container that a push would build in, with
/// the output and then what a release would hold on stdout. Throws DeploymentFailure when the
/// build fails, and Cancelled when nobody reads stdout any more. It waits for a build slot, as
/// every build does. `who` is for those who wait meanwhile.
void dry_build(const DryBuild& order, const Config& config, const std::string& who);

}  // namespace hythe
