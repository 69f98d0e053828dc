// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "lib/console.h"
#include "lib/procfile.h"
#include "lib/release_output.h"
#include "pipeline/build.h"

namespace hythe {

/// What the last buildpack says, as everywhere; but an app needs something to run, and when
/// the last one knows nothing, the nearest before it does.
[[nodiscard]] ReleaseOutput last_word(const Build& built, Console& console);

/// The Procfile's types and those defaults, with the warnings of both told. Throws PushError
/// for a Procfile that is none.
[[nodiscard]] std::vector<ProcessCommand> process_types(const Build& built,
                                                        const ReleaseOutput& defaults,
                                                        Console& console);

}  // namespace hythe
