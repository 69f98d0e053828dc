// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sysexits.h>

#include <cerrno>
#include <cstddef>
#include <initializer_list>
#include <string_view>

namespace hythe::root {

/// The longest line that a caller or the system's log gets, '\n' included. A longer one loses
/// its middle, so that subject and reason both stay.
inline constexpr std::size_t kMaxLine = 200;

/// The name in front of every message; "hythe" until it is set. argv[0] is the caller's and
/// is never used.
void set_program_name(const char* name) noexcept;

using Parts = std::initializer_list<std::string_view>;

[[noreturn]] void die_with(int sysexit, Parts parts) noexcept;
[[noreturn]] void die_with_errno(int code, Parts doing) noexcept;
[[noreturn]] void deny_with(Parts parts) noexcept;
void audit_with(Parts parts) noexcept;

/// Ends the process: one line `hythe-route: PARTS` on stderr in one write, every byte outside
/// printable ASCII escaped, then _exit(sysexit). Every other descriptor is closed before, so
/// that no lock is held while a caller does not read. Runs no destructor: whoever has
/// something to undo returns an error instead.
template <class... P>
[[noreturn]] void die(int sysexit, const P&... parts) noexcept {
  die_with(sysexit, {std::string_view(parts)...});
}

/// die() with `cannot DOING: No such file or directory`. A full or broken disk is EX_IOERR,
/// anything else EX_OSERR. Names no file of root's unless `doing` does.
template <class... P>
[[noreturn]] void die_errno(const P&... doing) noexcept {
  const int code = errno;
  die_with_errno(code, {std::string_view(doing)...});
}

/// die(EX_NOPERM), and the system's log learns who tried.
template <class... P>
[[noreturn]] void deny(const P&... parts) noexcept {
  deny_with({std::string_view(parts)...});
}

/// One escaped line for the sysadmin in the system's log (AUTHPRIV). Never waits, never
/// fails: a log that does not listen loses the line.
template <class... P>
void audit(const P&... parts) noexcept {
  audit_with({std::string_view(parts)...});
}

}  // namespace hythe::root
