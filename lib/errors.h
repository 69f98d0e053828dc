// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sysexits.h>

#include <cerrno>
#include <cstring>
#include <sstream>
#include <stdexcept>
#include <string>

namespace hythe {

template <class... Parts>
[[nodiscard]] std::string concat(const Parts&... parts) {
  std::ostringstream text;
  (text << ... << parts);
  return text.str();
}

/// The user is at fault, or can at least mend it: shown verbatim. The message names the
/// thing and the way out: lower case, no full stop, subjects in single quotes. Further lines
/// are shown as hints.
class PushError : public std::runtime_error {
 public:
  explicit PushError(const std::string& message, int exit_code = EX_DATAERR)
      : std::runtime_error(message), exit_code_(exit_code) {}
  [[nodiscard]] int exit_code() const noexcept { return exit_code_; }

 private:
  int exit_code_;
};

/// The host is at fault: a system call failed. Pass errno first, so that it is read before
/// anything else can change it.
class SystemError : public std::runtime_error {
 public:
  template <class... Parts>
  explicit SystemError(int code, const Parts&... doing)
      : std::runtime_error(concat("cannot ", doing..., ": ", std::strerror(code))),
        code_(code) {}
  [[nodiscard]] int code() const noexcept { return code_; }

 private:
  int code_;
};

/// Throws SystemError unless a system call, which errno still tells of, has succeeded.
inline void require_done(bool is_done, const char* doing) {
  if (!is_done) throw SystemError(errno, doing);
}

}  // namespace hythe
