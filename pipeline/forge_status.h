// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/deployment.h"

namespace hythe {

/// Has the forge told of a deployment of its code that is under way, and of how it ends: by
/// hythe-forge, a process of its own, which nobody waits for. Never throws.
void report_to_forge(const Deployment& deployment) noexcept;

}  // namespace hythe
