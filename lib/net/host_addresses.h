// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "lib/net/network.h"

namespace hythe {

/// Where a name leads, as the name servers say now. Throws PushError (EX_NOHOST) when nowhere.
[[nodiscard]] std::vector<IpAddress> addresses_of(const std::string& host);

/// Those of this host's own interfaces. Throws SystemError.
[[nodiscard]] std::vector<IpAddress> own_addresses();

}  // namespace hythe
