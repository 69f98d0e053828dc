// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace hythe {

/// A domain as typed, in the form that DNS and nginx know: lower-case ASCII, and a label that
/// is not is IDNA's ("bücher.example" → "xn--bcher-kva.example"). A leading "*." stays.
/// Throws PushError for what IDNA refuses; whether what comes of it is a domain, hythe-route
/// says.
[[nodiscard]] std::string to_ascii_domain(std::string_view typed);

/// Whether DNS can have such a name (RFC 1123), in lower case: labels of letters, digits and
/// '-'.
[[nodiscard]] bool is_dns_name(std::string_view text);

/// The way back, for people to read; the same when there is nothing to be decoded.
[[nodiscard]] std::string to_unicode_domain(std::string_view ascii);
/// "xn--bcher-kva.example  (bücher.example)": two names that look alike differ in the first.
[[nodiscard]] std::string with_readable(const std::string& ascii);

}  // namespace hythe
