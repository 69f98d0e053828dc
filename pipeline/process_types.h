// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "lib/console.h"
#include "model/build/release_output.h"
#include "model/procfile.h"
#include "pipeline/build.h"

namespace hythe {

/// What the last buildpack says, as everywhere; but an app needs something to run, and when
/// the last one knows nothing, the nearest before it does.
[[nodiscard]] ReleaseOutput last_word(const Build& built, Console& console);

/// What the app consists of: the Procfile's types, then the buildpack's that it does not
/// name. A Procfile that names something but no `web` keeps the default `web` out: that is
/// how an app says that it has only workers.
[[nodiscard]] std::vector<ProcessCommand> merge_process_types(
    const std::optional<Procfile>& procfile, const ReleaseOutput& defaults);

/// The same of what was built, with the warnings of both told, and the add-ons that nobody
/// has here. Throws PushError for a Procfile that is none.
[[nodiscard]] std::vector<ProcessCommand> process_types(const Build& built,
                                                        const ReleaseOutput& defaults,
                                                        Console& console);

}  // namespace hythe
