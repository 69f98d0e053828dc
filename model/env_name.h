// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace hythe {

inline constexpr std::size_t kMaxEnvNameLength = 64;
inline constexpr std::size_t kMaxEnvValueLength = 32U << 10U;
/// Of one app, all together: well below what execve(2) takes (2 MiB).
inline constexpr std::size_t kMaxEnvVariables = 1000;
inline constexpr std::size_t kMaxEnvBytes = 1U << 20U;

/// The name of an app's variable: letters, digits and '_', which is not in front: those
/// belong to the shells themselves.
[[nodiscard]] bool is_env_name(std::string_view text) noexcept;

/// One that a process can have: no shell exports a digit in front. Buildpacks see the others
/// as files in ENV_DIR.
[[nodiscard]] bool is_exported_env_name(std::string_view text) noexcept;

/// What the platform sets itself, in the build or in a container.
[[nodiscard]] bool is_reserved_env_name(std::string_view name) noexcept;

/// Throws PushError, which says what is wrong, unless an app may have this variable. The
/// value never appears in the message. Values are any UTF-8 text without NUL, newlines
/// included: they reach the process byte by byte.
void check_env_variable(std::string_view name, std::string_view value);

/// Throws PushError (EX_DATAERR) when an app cannot have as many, or as much of them.
void check_environment(const std::map<std::string, std::string>& variables);

}  // namespace hythe
