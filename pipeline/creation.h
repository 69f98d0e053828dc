// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/app.h"
#include "model/config.h"

namespace hythe {

/// Makes an app that is as `app` says, with nothing deployed to it: root's side, its domain
/// below the host's, its repository (of a review app a link to its parent's), and last app.yml,
/// by which it exists. One that was cut off before is begun again. Needs lock_creation().
/// Throws PushError when it exists, or root refuses it, and then there is nothing of it.
void create_app(const App& app, const Config& config);

}  // namespace hythe
