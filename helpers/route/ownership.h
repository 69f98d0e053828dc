// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include "core/app_name.h"
#include "helpers/route/route_tables.h"

namespace hythe::route_helper {

/// Whose a domain is: one app's, the first that got it. Ends the process unless the app may
/// have all that is `wanted`. Of what it has already (`ours`) nothing is asked again. A
/// wildcard, and the host's own name, only root can give. Call it under lock_tables().
void refuse_what_is_not_its_own(const RouteTables& tables, const AppName& app,
                                const DomainList& wanted, const DomainList& ours,
                                uid_t caller) noexcept;

}  // namespace hythe::route_helper
