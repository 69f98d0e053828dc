// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "core/paths.h"
#include "helpers/container/app_trees.h"
#include "helpers/container/caller.h"
#include "helpers/container/measure.h"
#include "helpers/container/slots.h"
#include "helpers/container/verbs.h"
#include "helpers/die.h"

namespace hythe::container {
namespace {

void answer_size(std::string_view key, const char* parent, const AppName& app) {
  const UniqueFd directory = open_app_directory(parent, app);
  answer(key, std::to_string(directory ? measure(directory.get(), ".") : 0));
}

}  // namespace

int usage(const LaunchRequest& request) {
  (void)require_slot(request.app);
  answer_size(kCacheAnswer, paths::kCache, request.app);
  answer_size(kReleasesAnswer, paths::kReleases, request.app);
  answer_size(kBuildsAnswer, paths::kBuilds, request.app);
  return EX_OK;
}

}  // namespace hythe::container
