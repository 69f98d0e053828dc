// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "model/release.h"

namespace hythe {

/// What one release has and the other has not, or otherwise: "+ worker: ./work", "- clock",
/// "~ web: old -> new". Nothing when they are the same.
using Differences = std::vector<std::string>;

[[nodiscard]] Differences in_buildpacks(const Release& from, const Release& to);
[[nodiscard]] Differences in_process_types(const Release& from, const Release& to);
/// By their commands.
[[nodiscard]] Differences in_jobs(const Release& from, const Release& to);
/// Of the app and of the buildpacks: by their names only, since values may be secrets.
[[nodiscard]] Differences in_variables(const Release& from, const Release& to);

}  // namespace hythe
