// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <vector>

#include "model/app.h"
#include "model/app_lock.h"
#include "model/config.h"
#include "model/container/trees.h"
#include "model/serving_history.h"

namespace hythe {

/// What an app keeps and needs no more. Looked at without the app's lock, it may be out of
/// date; builds that are under way are in it then.
struct Garbage {
  std::set<Number> releases{};     // trees beyond those that are kept
  std::set<Number> builds{};       // that nothing will become of
  std::set<Number> deployments{};  // of which neither record nor log is kept

  [[nodiscard]] static Garbage of(const App& app, const Config& config);
  [[nodiscard]] bool is_empty() const {
    return releases.empty() && builds.empty() && deployments.empty();
  }
};

/// Of the releases on disk those that stay: the one that serves, the one before it, those that
/// containers still run from, and the newest that have ever served.
[[nodiscard]] std::set<Number> releases_to_keep(const std::set<Number>& on_disk, Number serving,
                                                const ServingHistory& history,
                                                const std::set<Number>& in_use,
                                                std::size_t count);

/// Forgets it; sweep() then frees the room. What a container runs from stays after all. Needs
/// the app's lock, and an app that is settled.
void forget_garbage(const AppName& app, const AppLock& lock, const Config& config);

/// Removes what was forgotten, which may take its time, and needs no lock.
void sweep(const AppName& app);

/// Returns when the containers of the versions before have ended, or after a minute: what they
/// run from is no garbage yet.
void wait_until_retired(const AppName& app);

/// Both, after a deployment, in a process that nobody waits for. When somebody else is at work
/// on the app, theirs comes later.
void collect_garbage(const AppName& app, const Config& config);

}  // namespace hythe
