// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/app_name.h"
#include "lib/clock.h"
#include "lib/net/forge_address.h"

namespace hythe {

/// What makes an app a review app: another one's copy, in which a branch is looked at before it
/// is merged. Its name is PARENT-NAME, and its branch the parent's review/NAME: it has no
/// repository of its own.
struct Review {
  AppName parent;
  std::string name{};
  std::uint64_t request = 0;  // at the forge; 0: it was pushed to hythe
  Milliseconds created{};     // since 1970

  /// Its branch.
  [[nodiscard]] std::string ref() const;
  /// Where what is fetched of its request lies.
  [[nodiscard]] std::string request_ref() const;
};

/// Below these are the refs of the review apps of a repository, by their names.
inline constexpr std::string_view kReviewBranches = "refs/heads/review/";
inline constexpr std::string_view kRequestRefs = "refs/requests/";

/// NAME of "refs/heads/review/NAME"; nullopt for any other ref.
[[nodiscard]] std::optional<std::string> review_of_ref(std::string_view ref);
/// What review apps of requests are called: "pr-12" of GitHub's, "mr-12" of GitLab's.
[[nodiscard]] std::string review_of_request(Forge forge, std::uint64_t number);
/// PARENT-NAME; nullopt when no app can be called that.
[[nodiscard]] std::optional<AppName> app_of_review(const AppName& parent,
                                                   std::string_view name);
/// The same; throws PushError (EX_USAGE) with the grammar.
[[nodiscard]] AppName review_app_name(const AppName& parent, std::string_view name);

}  // namespace hythe
