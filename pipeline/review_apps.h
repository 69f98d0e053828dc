// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "lib/process/cancellation.h"
#include "model/app.h"
#include "model/config.h"

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

/// Ends and removes an app under its lock, if `is_to_go` says so of what it is then; `who`
/// does. It says on stderr behind whom it waits. Its branch is left for git, or for
/// prune_review_branches(). False when it stays, or is gone already. Throws Cancelled.
bool remove_review_app(const AppName& app, const std::string& who,
                       const std::function<bool(const App&)>& is_to_go,
                       const Cancellation& cancellation = Cancellation());
/// Those that were made for requests at the forge, which nobody tells of any more.
void remove_request_apps(const AppName& parent, const std::string& who);

/// When it is to be removed (settings.review_lifetime); nullopt: never.
[[nodiscard]] std::optional<Milliseconds> end_of_review(const App& app, const Config& config);
/// Whether its time is over, or its parent gone.
[[nodiscard]] bool has_expired(const App& app, const Config& config);
/// Those of all apps that have, and that nobody is at work on.
[[nodiscard]] std::vector<App> expired_review_apps(const Config& config);

}  // namespace hythe
