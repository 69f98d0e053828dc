// SPDX-License-Identifier: Apache-2.0
#include "model/env_name.h"

#include "lib/errors.h"
#include "lib/printable.h"

namespace hythe {
namespace {

bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

constexpr std::string_view kReserved[] = {
    "APP",   "HOME",       "HOSTNAME",    "LOGNAME", "OLDPWD",         "PORT",  "PWD",
    "SHELL", "REQUEST_ID", "REGION_NAME", "SHLVL",   "SOURCE_VERSION", "STACK", "USER",
};
constexpr std::string_view kReservedPrefixes[] = {"HYTHE_", "CONTAINER_"};

}  // namespace

bool is_env_name(std::string_view text) noexcept {
  if (text.empty() || text.size() > kMaxEnvNameLength || text.front() == '_') return false;
  for (const char c : text)
    if (!is_letter(c) && !is_digit(c) && c != '_') return false;
  return true;
}

bool is_exported_env_name(std::string_view text) noexcept {
  return is_env_name(text) && !is_digit(text.front());
}

bool is_reserved_env_name(std::string_view name) noexcept {
  for (const std::string_view prefix : kReservedPrefixes)
    if (name.starts_with(prefix)) return true;
  for (const std::string_view reserved : kReserved)
    if (name == reserved) return true;
  return name == "CONTAINER" || name == "HYTHE";
}

void check_env_variable(std::string_view name, std::string_view value) {
  if (!is_env_name(name))
    throw PushError(concat("'", printable(name),
                           "' is not a variable's name: a letter or digit, then at most ",
                           kMaxEnvNameLength - 1, " letters, digits and '_'"));
  if (is_reserved_env_name(name))
    throw PushError(concat("'", name, "' is reserved: the platform sets it"));
  if (value.size() > kMaxEnvValueLength)
    throw PushError(concat("the value of '", name, "' has ", value.size(), " bytes, more than ",
                           kMaxEnvValueLength));
  if (value.find('\0') != std::string_view::npos)
    throw PushError(concat("the value of '", name, "' has a NUL in it"));
  if (!is_utf8(value))
    throw PushError(concat("the value of '", name,
                           "' is not UTF-8\nencode it, in base64 for "
                           "example"));
}

void check_environment(const std::map<std::string, std::string>& variables) {
  std::size_t bytes = 0;
  for (const auto& [name, value] : variables) bytes += name.size() + value.size() + 2;
  if (variables.size() > kMaxEnvVariables || bytes > kMaxEnvBytes)
    throw PushError(concat("an app can have ", kMaxEnvVariables, " variables of ",
                           kMaxEnvBytes >> 10U, " KiB together"),
                    EX_DATAERR);
}

}  // namespace hythe
