// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace hythe::init {

/// As a shell tells it: what was to be run is not there, or is there and cannot be run.
inline constexpr int kNotFound = 127;
inline constexpr int kCannotRun = 126;

/// One line on stderr, in one write; then this process is over.
[[noreturn]] void die(const char* what, const char* subject) noexcept;
/// "cannot WHAT 'SUBJECT': " and the reason that errno has.
[[noreturn]] void die_errno(const char* what, const char* subject,
                            int exit_code = kCannotRun) noexcept;

}  // namespace hythe::init
