// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "model/app.h"
#include "model/app_lock.h"
#include "model/config.h"

namespace hythe {

/// Where an app answers: below the host's base domain, which is the first, and at its own.
[[nodiscard]] std::vector<std::string> domains_of(const App& app, const Config& config);

/// Makes `domains` the app's own ones: for root's table, nginx and app.yml. No container is
/// started anew and nothing else of nginx changes. `app` was loaded under the lock. Throws
/// PushError with hythe-route's message, and then nothing has changed.
void change_domains(App app, std::vector<std::string> domains, const AppLock& lock,
                    const Config& config);

/// What a change that was killed half-way left: the domains are those of app.yml again.
void settle_domains(const AppName& app, const AppLock& lock, const Config& config);

}  // namespace hythe
