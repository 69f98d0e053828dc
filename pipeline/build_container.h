// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "lib/console.h"
#include "lib/process/cancellation.h"
#include "model/container/container_command.h"
#include "model/container/container_end.h"
#include "model/limits.h"
#include "pipeline/build.h"
#include "pipeline/builder_words.h"

namespace hythe {

/// Writes a tar of the source to a descriptor; gives up when the second one, if it is not -1,
/// becomes readable.
using SourceWriter = std::function<void(int fd, int cancel_fd)>;

/// How a build container ended, and what hythe-build said in it until then.
struct FinishedBuild {
  Build build{};
  std::string failed_phase{};
  ContainerEnd end{};

  /// Throws DeploymentFailure (build-error) that says what failed, or that the built app is
  /// too large, unless nothing is wrong.
  void throw_if_failed(const Limits& limits) const;
};

/// Runs hythe-build over a source, in a container of the app, with its output shown, and
/// returns when that is gone. Throws Cancelled, and what the writer throws.
[[nodiscard]] FinishedBuild run_build(const BuildPlace& place, const ContainerCommand& command,
                                      const SourceWriter& write_source, Console& console,
                                      const Cancellation& cancellation);

}  // namespace hythe
