// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "inside/build/choice.h"
#include "inside/build/git.h"
#include "inside/build/layout.h"
#include "inside/build/report_pipe.h"
#include "inside/build/stack_names.h"

namespace hythe::builder {

/// What they are run with.
struct Workshop {
  const Layout& layout;
  const Variables& plain;   // the environment without anybody's exports
  const StackNames& stack;  // what each buildpack is told that it runs on
  const Git& git;
};

/// Fetches the chosen buildpacks, and runs them one after the other over the same build
/// directory: detect, compile, export, release, report. What one exports reaches the
/// bin/detect and bin/compile of the next; bin/release and bin/report always have the plain
/// environment. Throws BuildFailure.
void run_buildpacks(const std::vector<Chosen>& chosen, const Workshop& workshop,
                    ReportPipe& report);

}  // namespace hythe::builder
