// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace hythe {

/// A PushError's message as it is printed behind git's "remote: ": its first line is the
/// error, the others are hints. git colours these words on the pusher's own terminal.
[[nodiscard]] std::string as_complaint(std::string_view message);

}  // namespace hythe
