// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lib/app.h"
#include "lib/config.h"

namespace hythe {

/// In alphabetical order.
[[nodiscard]] std::vector<App> review_apps_of(const AppName& parent);
/// nullopt when there is none of that name. Throws PushError when the name belongs to an app
/// that is no review app of this parent's.
[[nodiscard]] std::optional<App> find_review_app(const AppName& parent,
                                                 const std::string& name);
/// Makes it, unless it is there. Throws PushError as find_review_app() does, and when its
/// parent has as many as it may (limits.review_apps).
[[nodiscard]] App ensure_review_app(const Review& review, const Config& config);

/// Ends and removes it, under its lock; `who` does so. It says on stderr behind whom it waits.
/// Its branch is left for git, or for prune_review_branches().
void remove_review_app(const App& app, const std::string& who);

/// When it is to be removed (settings.review_lifetime); nullopt: never.
[[nodiscard]] std::optional<Milliseconds> end_of_review(const App& app, const Config& config);
/// Those whose time is over, or whose parent is gone, and that nobody is at work on.
[[nodiscard]] std::vector<App> expired_review_apps(const Config& config);

}  // namespace hythe
