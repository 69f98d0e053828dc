// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/launch.h"

namespace hythe {

/// Waits until every container that is to receive traffic has accepted a TCP connection on
/// $PORT and, if it is web and the app has a health check, passed that. Throws
/// DeploymentFailure: crashed-error as soon as any container ends; timeout-error when the time
/// is up, which says whether nothing listens, something does where nobody can reach it, or
/// what was answered last.
void probe(Launched& launched, const App& app, const Config& config, Progress& progress);

}  // namespace hythe
