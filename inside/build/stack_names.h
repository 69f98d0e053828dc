// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "inside/build/environment.h"
#include "inside/build/request.h"

namespace hythe::builder {

/// What buildpacks are told of the stack, in STACK: those of other platforms refuse names that
/// they do not know, but run on any that is like theirs.
class StackNames {
 public:
  /// An app's variable BUILDPACK_STACK, if there is one, is for all that are not official.
  StackNames(const Request& request, const Variables& app);

  /// `url` is empty for an official buildpack.
  [[nodiscard]] std::string for_buildpack(std::string_view url) const;

 private:
  std::string own_;
  std::string chosen_;
  Request::Pairs by_owner_;
};

/// "github.com/heroku" of "https://github.com/heroku/heroku-buildpack-ruby#v1" and of
/// "git@github.com:heroku/x": host and owner, in lower case, without user and port.
[[nodiscard]] std::string owner_of(std::string_view url);

}  // namespace hythe::builder
