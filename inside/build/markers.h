// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace hythe::builder {

/// What to tell somebody whose source no buildpack recognised: what is there, what the
/// installed buildpacks look for, and the usual reasons: a name in the wrong case, an app
/// that is in a directory of its own.
[[nodiscard]] std::string nothing_detected(const std::string& build_dir,
                                           const std::vector<std::string>& installed);

}  // namespace hythe::builder
