// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

/// User and password in an http or https address. They never stand on a command line, which
/// everybody on the host can read, nor in what programs say of it.
namespace hythe::builder {

/// The address without them, to be given to a program; others as they are.
[[nodiscard]] std::string without_user(std::string_view url);

/// "Authorization: Basic …" for such an address (RFC 7617); empty when it has none.
[[nodiscard]] std::string authorization_for(std::string_view url);

}  // namespace hythe::builder
