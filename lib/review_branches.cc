// SPDX-License-Identifier: Apache-2.0
#include "lib/review_branches.h"

#include <string>

#include "lib/app.h"
#include "lib/errors.h"
#include "lib/git_command.h"

namespace hythe {
void prune_review_branches(const AppName& parent) {
  const auto has_app = [&parent](const std::string& ref) {
    const auto app = AppName::parse(concat(parent.view(), '-', ref.substr(ref.rfind('/') + 1)));
    return app && App::exists(*app);
  };
  const GitCommand git(App::repository(parent));
  for (const char* refs : kReviewRefs) git.prune_refs(refs, has_app);
}

}  // namespace hythe
