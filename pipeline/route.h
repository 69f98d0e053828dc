// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/app_name.h"
#include "core/slot.h"
#include "model/app_lock.h"
#include "model/config.h"
#include "pipeline/launch.h"
#include "pipeline/pending.h"

namespace hythe {

/// Where an app answers.
[[nodiscard]] std::string domain_of(const AppName& app, const Config& config);

/// All that a release of it is reached by: "http://shop.example.org" with a `web` process,
/// "tcp://shop.example.org:20000" with a `tcp` one.
[[nodiscard]] std::vector<std::string> addresses(const App& app, const Release& release,
                                                 const Config& config);

/// The same in one line; where an app will answer that was never deployed.
[[nodiscard]] std::string addresses(const App& app, const Config& config);

/// Tells root how many containers will receive traffic in the lane, with a port of the host
/// for the `tcp` ones. nginx is reloaded only when the number of its own, or a domain,
/// changed; that disturbs nobody's traffic yet.
void prepare_route(const Launched& launched, const App& app, const Config& config);

// What moves traffic holds the app's lock until it has ended: when the deployment is killed
// meanwhile, it is settled behind it.

/// New requests go to `lane` from now on: nginx was seen to do so. Throws PushError with
/// hythe-route's message, and then nothing has moved.
void switch_to(const AppName& app, Lane lane, const AppLock& lock);

/// The app's port leads to its live lane, as a switch that was cut off may have left undone.
void balance_port(const AppName& app);

/// The app is not reachable any more.
void close_route(const AppName& app, const AppLock& lock);

/// Moves traffic to the lane of a deployment, with its intent on disk before. Throws PushError
/// with hythe-route's message, and then it is where it was.
void move_traffic(const Pending& pending, const AppLock& lock);

}  // namespace hythe
