// SPDX-License-Identifier: Apache-2.0
#include "hooks/pushed_ref.h"

#include <algorithm>

#include "lib/errors.h"
#include "model/deploy_branch.h"
#include "model/review.h"

namespace hythe {
namespace {

constexpr std::string_view kBranches = "refs/heads/";
constexpr std::string_view kTags = "refs/tags/";

/// A name that may be shown and typed: nothing that a shell or a terminal would take amiss.
bool is_plain(std::string_view name) {
  return !name.empty() && name.size() <= 100 &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '_' || c == '.' || c == '/';
         });
}

[[noreturn]] void refuse_ref(std::string_view ref) {
  const bool is_tag = ref.starts_with(kTags);
  std::string_view name = ref;
  if (is_tag) name.remove_prefix(kTags.size());
  if (ref.starts_with(kBranches)) name.remove_prefix(kBranches.size());
  if (!is_plain(name) || name.front() == '-')
    throw PushError(
        "only the branches 'main' and 'master' are deployed\npush: git push hythe main");
  if (is_tag)
    throw PushError(concat("tags are not deployed, '", name,
                           "' is one\npush the commit it names: ", "git push hythe '", name,
                           "^{commit}:main'"));
  throw PushError(concat("only the branches 'main' and 'master' are deployed, not '", name,
                         "'\npush it as main: git push hythe ", name, ":main",
                         "\nor have a look at it first, as an app of its own: git push hythe ",
                         name, ":review/NAME"));
}

}  // namespace

PushedRef PushedRef::parse(std::string_view input) {
  const auto newline = input.find('\n');
  if (newline == std::string_view::npos) throw PushError("git told the hook nothing to deploy");
  if (newline + 1 != input.size())
    throw PushError("one branch at a time can be deployed\npush only one: git push hythe main");
  const auto line = input.substr(0, newline);
  constexpr std::size_t kOid = 2 * Oid::kSize;
  if (line.size() < 2 * kOid + 3 || line[kOid] != ' ' || line[2 * kOid + 1] != ' ')
    throw PushError("git told the hook something that hythe does not understand");
  const auto old = Oid::parse(line.substr(0, kOid));
  const auto commit = Oid::parse(line.substr(kOid + 1, kOid));
  const auto ref = line.substr(2 * kOid + 2);
  if (!old || !commit)
    throw PushError("git told the hook something that hythe does not understand");
  const bool is_review = review_of_ref(ref).has_value();
  if (!is_deploy_branch(ref) && !is_review) refuse_ref(ref);
  if (commit->is_zero() && !is_review)
    throw PushError(concat("the branch that is deployed cannot be deleted\n",
                           "remove the whole app: hythe destroy APP --confirm APP"));
  return {.old = *old, .commit = *commit, .ref = std::string(ref)};
}

}  // namespace hythe
