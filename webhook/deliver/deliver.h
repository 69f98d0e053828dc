// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/app_name.h"

namespace hythe {

/// Deals with what the queue has for an app, one delivery after the other, until there is none:
/// each is deployed, or is found to be of no use any more. A forge that cannot be reached is
/// tried again, a few times; a build that fails is not.
void deliver(const AppName& app);

}  // namespace hythe
