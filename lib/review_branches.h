// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/app_name.h"

namespace hythe {

/// Removes the branches of review apps that there are not any more: git would show them, and
/// would take a push that is to make the app anew for nothing new. An app is there before its
/// branch is, and until it has been removed no push of it can end.
void prune_review_branches(const AppName& parent);

}  // namespace hythe
