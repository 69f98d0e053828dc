// SPDX-License-Identifier: Apache-2.0
#include "lib/disk_usage.h"

#include <string>

#include "core/decimal.h"
#include "core/helper_contract.h"
#include "core/paths.h"
#include "lib/descriptors.h"
#include "lib/helper.h"

namespace hythe {

DiskUsage DiskUsage::of(const AppName& app) {
  Helper helper = Helper::start(paths::kLaunchHelper, {"usage", std::string(app.view())});
  helper.close_input();
  Answers answers;
  for (std::string bytes; read_some(helper.answers(), bytes); bytes.clear())
    answers.feed(bytes);
  DiskUsage usage;
  while (const auto answer = answers.next()) {
    const std::uint64_t bytes = parse_decimal(answer->second, kImmeasurable).value_or(0);
    if (answer->first == kCacheAnswer) usage.cache = bytes;
    if (answer->first == kReleasesAnswer) usage.releases = bytes;
  }
  return usage;
}

}  // namespace hythe
