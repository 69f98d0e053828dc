// SPDX-License-Identifier: Apache-2.0
#include <string_view>

#include "core/decimal.h"
#include "core/paths.h"
#include "helpers/container/app_trees.h"
#include "helpers/container/caller.h"
#include "helpers/container/slots.h"
#include "helpers/container/verbs.h"
#include "helpers/die.h"

namespace hythe::container {
namespace {

/// Answers for the names that are a number behind `prefix`.
void answer_numbers(std::string_view key, const char* parent, const AppName& app,
                    std::string_view prefix) {
  const auto directory = root::Directory::open(parent).find(app.c_str());
  if (!directory) return;
  directory->for_each([&](const char* entry) {
    std::string_view name = entry;
    if (!name.starts_with(prefix)) return;
    name.remove_prefix(prefix.size());
    if (parse_decimal(name, kMaxNumber)) answer(key, name);
  });
}

}  // namespace

int trees(const LaunchRequest& request) {
  (void)require_slot(request.app);
  answer_numbers(kReleaseAnswer, paths::kReleases, request.app, "");
  answer_numbers(kBuildAnswer, paths::kBuilds, request.app, "");
  answer_numbers(kBuildAnswer, paths::kReleases, request.app, kUnfinished);
  return EX_OK;
}

}  // namespace hythe::container
