// SPDX-License-Identifier: Apache-2.0
#include "model/container/disk_usage.h"

#include <string>

#include "core/decimal.h"
#include "core/helper_contract.h"
#include "core/paths.h"
#include "model/helper.h"

namespace hythe {

DiskUsage DiskUsage::of(const AppName& app) {
  DiskUsage usage;
  for (const auto& [key, value] :
       answers_of(paths::kLaunchHelper, {"usage", std::string(app.view())})) {
    const std::uint64_t bytes = parse_decimal(value, kImmeasurable).value_or(0);
    if (key == kCacheAnswer) usage.cache = bytes;
    if (key == kReleasesAnswer) usage.releases = bytes;
    if (key == kBuildsAnswer) usage.builds = bytes;
  }
  return usage;
}

}  // namespace hythe
