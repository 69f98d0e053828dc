// SPDX-License-Identifier: Apache-2.0
#include "model/review.h"

#include <sysexits.h>

#include "lib/errors.h"
#include "lib/printable.h"

namespace hythe {

std::string Review::ref() const {
  return concat(kReviewBranches, name);
}

std::string Review::request_ref() const {
  return concat(kRequestRefs, name);
}

std::optional<std::string> review_of_ref(std::string_view ref) {
  if (!ref.starts_with(kReviewBranches)) return std::nullopt;
  return std::string(ref.substr(kReviewBranches.size()));
}

std::string review_of_request(Forge forge, std::uint64_t number) {
  return concat(forge == Forge::github ? "pr-" : "mr-", number);
}

std::optional<AppName> app_of_review(const AppName& parent, std::string_view name) {
  return AppName::parse(concat(parent.view(), '-', name));
}

AppName review_app_name(const AppName& parent, std::string_view name) {
  if (const auto app = app_of_review(parent, name)) return *app;
  throw PushError(
      concat("no review app of '", parent.view(), "' can be called '", printable(name, 60),
             "'\na name is of lowercase letters, digits and single '-', and ",
             "together with that of the app not longer than ", AppName::kMaxLength,
             ": git push hythe BRANCH:review/NAME"),
      EX_USAGE);
}

}  // namespace hythe
