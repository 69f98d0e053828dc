// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/launch.h"

namespace hythe {

/// Nothing tells that a process without traffic is up, but most of those that cannot work end
/// at once: it counts as up when it has run for that long.
inline constexpr Milliseconds kProvenAfter = std::chrono::seconds(1);

/// Waits until every container that was launched is up, all of them at once: one that is to
/// receive traffic has accepted a TCP connection on $PORT and, if it is web and the app has a
/// health check, passed that; any other has run for kProvenAfter. Those that were found to be
/// up before are not asked again. Throws DeploymentFailure: crashed-error as soon as any
/// container ends; timeout-error when the time is up, which says whether nothing listens,
/// something does where nobody can reach it, or what was answered last.
void probe(Launched& launched, const App& app, const Config& config, Progress& progress);

}  // namespace hythe
