// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/app.h"
#include "model/app_lock.h"

namespace hythe {

/// Ends and removes all that there is of an app; app.yml goes last, so one that was cut off is
/// begun again. A review app's branch is left for prune_review_branches().
void remove_app(const App& app, const AppLock& lock);

}  // namespace hythe
