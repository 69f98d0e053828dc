// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "core/app_name.h"

namespace hythe {

/// A fingerprint for each value: it tells whether two of an app's values of one name are the
/// same, and nothing else of them. It is keyed with the app's own random salt, so that nobody
/// who has only a record can try what a value may have been.
using Fingerprints = std::map<std::string, std::string>;

/// Makes the app's salt (apps/APP/salt) if it has none yet: needs the app's lock.
[[nodiscard]] Fingerprints fingerprints(const AppName& app,
                                        const std::map<std::string, std::string>& values);

}  // namespace hythe
