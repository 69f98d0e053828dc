// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>

namespace hythe {

/// The deployment is not wanted any more: whoever asked for it went away, or somebody has
/// cancelled it. Not an error of anybody's; it ends with the status `aborted`.
class Cancelled : public std::exception {
 public:
  [[nodiscard]] const char* what() const noexcept override { return "cancelled"; }
};

}  // namespace hythe
