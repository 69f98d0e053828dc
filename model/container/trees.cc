// SPDX-License-Identifier: Apache-2.0
#include "model/container/trees.h"

#include <string>

#include "core/decimal.h"
#include "core/paths.h"
#include "model/helper.h"

namespace hythe {

Trees Trees::of(const AppName& app) {
  Trees trees;
  for (const auto& [key, value] :
       answers_of(paths::kLaunchHelper, {"trees", std::string(app.view())})) {
    const auto number = static_cast<Number>(parse_decimal(value, kMaxNumber).value_or(0));
    if (key == kReleaseAnswer) trees.releases.insert(number);
    if (key == kBuildAnswer) trees.builds.insert(number);
  }
  return trees;
}

}  // namespace hythe
