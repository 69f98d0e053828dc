// SPDX-License-Identifier: Apache-2.0
#include "lib/review.h"

#include <sysexits.h>

#include "lib/errors.h"
#include "lib/printable.h"

namespace hythe {

std::string Review::ref() const {
  return kReviewRefs[0] + name;
}

std::string Review::request_ref() const {
  return kReviewRefs[1] + name;
}

std::optional<std::string> review_of_ref(std::string_view ref) {
  const std::string_view branches = kReviewRefs[0];
  if (!ref.starts_with(branches)) return std::nullopt;
  return std::string(ref.substr(branches.size()));
}

std::string review_of_request(Forge forge, std::uint64_t number) {
  return concat(forge == Forge::github ? "pr-" : "mr-", number);
}

AppName review_app_name(const AppName& parent, std::string_view name) {
  if (const auto app = AppName::parse(concat(parent.view(), '-', name))) return *app;
  throw PushError(
      concat("no review app of '", parent.view(), "' can be called '", printable(name, 60),
             "'\na name is of lowercase letters, digits and '-', and together ",
             "with that of the app not longer than ", AppName::kMaxLength,
             ": git push hythe BRANCH:review/NAME"),
      EX_USAGE);
}

}  // namespace hythe
