// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/app.h"

namespace hythe {

/// The release that an app goes back to when none is named: the one that served before. Throws
/// PushError when there was none.
[[nodiscard]] Number rollback_target(const App& app);

/// Throws PushError, with the way out, unless the app can be rolled back to the release: it is
/// on disk, has served before, and does not serve now.
void require_rollback_target(const App& app, Number release);

}  // namespace hythe
