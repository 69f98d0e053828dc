// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "inside/build/request.h"

namespace hythe::builder {

/// Variables by name. The order is only there to make builds repeat.
using Variables = std::map<std::string, std::string, std::less<>>;

/// The app's variables: our own environment, as hythe-init made it from the spec.
[[nodiscard]] Variables app_variables(const char* const* environment);

/// The administrator's: a proxy, a mirror, a CA (core/build_name.h).
[[nodiscard]] Variables host_variables(const char* const* environment);

/// For the stack's own programs: nothing of the app's.
[[nodiscard]] const Variables& plain_environment();

/// What every script of a buildpack starts with. It is built from nothing; then come the
/// administrator's variables, then the app's, but for those that would break a build; and
/// none of the app's when its BUILDPACK_ENV_DIR_ONLY is on.
[[nodiscard]] Variables build_environment(const Request& request, const Variables& host,
                                          const Variables& app);

/// What is left of `before` after a buildpack's `export` was sourced, whose outcome is
/// `exported`, as `env -0` prints it: everything it says, but that a build's identity and
/// the shell's own variables stay as they were.
[[nodiscard]] Variables with_exports(const Variables& before, std::string_view exported);

/// One file for each variable with exactly the value's bytes, readable by the owner only.
void write_env_dir(const std::string& directory, const Variables& app);

/// Empty when there is none of that name.
[[nodiscard]] std::string value_of(const Variables& variables, std::string_view name);

/// NAME=VALUE, as execve(2) wants it.
[[nodiscard]] std::vector<std::string> environment_block(const Variables& variables);

}  // namespace hythe::builder
