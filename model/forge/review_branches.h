// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/app_name.h"

namespace hythe {

/// Removes the refs of review apps that there are not any more, with whatever locks a git that
/// was killed has left on them: git would show them, and would take a push that is to make the
/// app anew for nothing new. No app is made meanwhile. Returns those that could not be removed.
std::vector<std::string> prune_review_branches(const AppName& parent);

}  // namespace hythe
