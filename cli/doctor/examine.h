// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/caller.h"
#include "cli/doctor/finding.h"
#include "cli/doctor/host.h"
#include "core/app_name.h"
#include "model/config.h"

namespace hythe {

// One file each. None of them changes anything.

/// Owners and modes of what is installed, and what of the configuration is of a former version.
[[nodiscard]] Findings examine_installation(const Config& config);

/// What of cli/doctor/host.h is wrong.
[[nodiscard]] Findings examine_host(const Config& config, const FirstLook& seen);

/// What runs, is reachable or has logs, and belongs to no app.
[[nodiscard]] Findings examine_strays();

/// What an app should be against what it is: its records, its containers, its traffic.
[[nodiscard]] Findings examine_state(const AppName& app, const Config& config,
                                     const Caller& caller);

/// Whether requests and connections go where root's tables say.
[[nodiscard]] Findings examine_routes(const AppName& app);

/// What root, the kernel and crun still have of containers and builds that are over.
[[nodiscard]] Findings examine_leftovers(const AppName& app, const Caller& caller);

/// Owners and modes are root's to put right: called before root's rights are dropped. Does
/// nothing for anybody else.
void mend_installation_as_root();

}  // namespace hythe
