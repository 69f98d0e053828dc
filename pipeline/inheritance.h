// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "model/app.h"
#include "model/build/app_manifest.h"
#include "model/config.h"
#include "pipeline/order.h"
#include "pipeline/progress.h"

namespace hythe {

/// What a review app begins with is decided by its first deployment, and becomes true when that
/// serves: until then every one reads its parent and its manifest afresh. What was set for the
/// review app itself counts most, then the manifest, then the parent.
[[nodiscard]] bool is_to_inherit(const App& app);

/// Limits, settings and stack: of the parent. Nothing when there is nothing to inherit.
void inherit_limits(App& app);

/// Variables and formation: of the parent, changed by the manifest in the commit that is
/// deployed. Returns the command that is to follow, or "", also when there is nothing to
/// inherit. Throws PushError when the manifest cannot be read, or requires what there is not.
[[nodiscard]] std::string inherit(App& app, const Order& order, const Config& config,
                                  Progress& progress);

/// The same, of what was read. The app is to answer at `url`.
void inherit(App& app, const App& parent, const AppManifest& manifest, const std::string& url);

}  // namespace hythe
