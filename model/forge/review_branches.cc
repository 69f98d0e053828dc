// SPDX-License-Identifier: Apache-2.0
#include "model/forge/review_branches.h"

#include "lib/errors.h"
#include "lib/git/git_command.h"
#include "lib/git/git_maintenance.h"
#include "model/app.h"
#include "model/creation_lock.h"

namespace hythe {
namespace {

using Ref = GitCommand::Ref;

/// An app is there before its branch is, and goes before it.
bool has_app(const AppName& parent, const Ref& ref) {
  const auto name = std::string_view(ref.name).substr(
      ref.name.starts_with(kReviewBranches) ? kReviewBranches.size() : kRequestRefs.size());
  const auto app = app_of_review(parent, name);
  return app && App::exists(*app);
}

std::vector<Ref> without_app(const AppName& parent, const GitCommand& git) {
  auto refs = git.refs_below({kReviewBranches, kRequestRefs});
  std::erase_if(refs, [&parent](const Ref& ref) { return has_app(parent, ref); });
  return refs;
}

}  // namespace

std::vector<std::string> prune_review_branches(const AppName& parent) {
  const std::string repository = App::repository(parent);
  const GitCommand git(repository);
  std::vector<std::string> left;
  if (without_app(parent, git).empty()) return left;
  const UniqueFd no_new_one = lock_creation();
  (void)remove_stale_packed_refs_lock(repository);
  for (const Ref& ref : without_app(parent, git)) {
    remove_stale_ref_lock(repository, ref.name);
    if (!git.remove_ref(ref)) left.push_back(ref.name);
  }
  return left;
}

}  // namespace hythe
