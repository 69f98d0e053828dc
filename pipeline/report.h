// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>

#include "model/config.h"
#include "pipeline/order.h"
#include "pipeline/progress.h"

namespace hythe {

/// Of one that builds, at its start: what serves until now, where that is not what the branch
/// says.
void report_standing(const App& app, Progress& progress);

/// The end of a deployment's output: where the app answers, and what took how long.
void report_success(const Order& order, const Config& config, Progress& progress);

/// What failed, why, what still serves and what to type next; the record says the same.
/// Returns the exit code of the deployment.
[[nodiscard]] int report_failure(const std::exception& error, const Order& order,
                                 const Config& config, Progress& progress);

}  // namespace hythe
