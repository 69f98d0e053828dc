// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace hythe {

/// "Debian 12", of the text of an os-release(5) file; empty when it does not say.
[[nodiscard]] std::string system_in(std::string_view os_release);

/// "debian-12", of the same text: what the stack of such a system is called. "linux" when it
/// does not say anything that a stack could be called.
[[nodiscard]] std::string stack_in(std::string_view os_release);

/// Those of this host, whose files the stack `host` has.
[[nodiscard]] std::string system_of_host();
[[nodiscard]] std::string stack_of_host();

}  // namespace hythe
