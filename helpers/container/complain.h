// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cerrno>
#include <cstring>
#include <string>
#include <string_view>

namespace hythe::container {

/// Writes one line to stderr: for whoever called, and harmless when nobody reads it.
void complain_line(std::string_view text);

template <class... Parts>
void complain(const Parts&... parts) {
  std::string text;
  (text.append(std::string_view(parts)), ...);
  complain_line(text);
}

/// "cannot DOING: No such file or directory". errno is read before anything can change it.
template <class... Parts>
void complain_errno(const Parts&... doing) {
  const int code = errno;
  complain("cannot ", doing..., ": ", ::strerror(code));
}

}  // namespace hythe::container
