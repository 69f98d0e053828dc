// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "lib/git/oid.h"

namespace hythe {

/// The one ref update that a push to hythe may consist of: of the branch that is deployed, or
/// of a review app's, which may be deleted as well.
struct PushedRef {
  Oid old{};
  Oid commit{};  // zero: the branch is deleted
  std::string ref{};

  /// Reads what git gives pre-receive on stdin: "OLD NEW REF\n" for every ref. The names are
  /// not validated by git at this point, and a newline in one forges a second line
  /// (facts: git and the hook), so anything but exactly one line of exactly the expected
  /// form is refused, with a PushError that says what to type instead.
  [[nodiscard]] static PushedRef parse(std::string_view input);
};

}  // namespace hythe
