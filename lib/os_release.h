// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace hythe {

/// "Debian 12", of the text of an os-release(5) file; empty when it does not say.
[[nodiscard]] std::string system_in(std::string_view os_release);

/// That of this host, whose files the stack `host` has.
[[nodiscard]] std::string system_of_host();

}  // namespace hythe
