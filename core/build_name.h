// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace hythe {

/// Who and where a build is, and what would run code in, or change the meaning of, every
/// script of it: a build sets these itself, and no variable of an app's or of the
/// administrator's and no buildpack's `export` does.
inline constexpr std::string_view kBuildsOwnNames[] = {
    "APP",      "BASHOPTS",   "BASH_ENV", "CDPATH",         "ENV",   "HOME", "IFS",
    "LD_AUDIT", "LD_PRELOAD", "LOGNAME",  "OLDPWD",         "PS4",   "PWD",  "REQUEST_ID",
    "SHELL",    "SHELLOPTS",  "SHLVL",    "SOURCE_VERSION", "STACK", "USER", "_",
};

/// How hythe-build is given the administrator's variables: in its environment, as
/// HYTHE_HOST_NAME. On its command line they would be everybody's to read. No app has
/// variables that begin with HYTHE_.
inline constexpr std::string_view kPlatformPrefix = "HYTHE_";
inline constexpr std::string_view kHostVariablePrefix = "HYTHE_HOST_";
/// The same for those of its words (inside/build/request.h) that may have a password in them,
/// as "HYTHE_WORD_buildpack-url".
inline constexpr std::string_view kWordPrefix = "HYTHE_WORD_";

[[nodiscard]] constexpr bool is_builds_own_name(std::string_view name) noexcept {
  for (const std::string_view own : kBuildsOwnNames)
    if (name == own) return true;
  return false;
}

}  // namespace hythe
