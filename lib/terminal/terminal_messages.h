// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/terminal_input.h"

namespace hythe {

/// The other side of TerminalInput: what is sent into a container that has a terminal.

[[nodiscard]] std::string typed_message(std::string_view bytes);
[[nodiscard]] std::string size_message(TerminalSize size);

}  // namespace hythe
