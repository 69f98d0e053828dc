// SPDX-License-Identifier: Apache-2.0
#include "inside/build/environment.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "core/build_name.h"
#include "inside/build/failure.h"
#include "inside/build/private_file.h"

namespace hythe::builder {
namespace {

/// An app's variable: its others are to be files in ENV_DIR only, as on Heroku.
constexpr std::string_view kOptOut = "BUILDPACK_ENV_DIR_ONLY";

/// What an app means for its running processes, and what would break the compilers and
/// scripts of a build.
constexpr std::string_view kForTheAppOnly[] = {
    "BUILD_DIR", "CACHE_DIR",  "CPATH",           "CPPATH",       "C_INCLUDE_PATH",
    "DYNO",      "ENV_DIR",    "LD_LIBRARY_PATH", "LIBRARY_PATH", "PATH",
    "PORT",      "PYTHONHOME", "PYTHONPATH",      "TMPDIR",
};

bool is_gits(std::string_view name) {
  return name.starts_with("GIT_");
}

/// A variable of this name is in ENV_DIR, for buildpacks that look for it, and not in their
/// environment.
bool is_denied(std::string_view name) {
  return is_builds_own_name(name) || is_gits(name) ||
         std::find(std::begin(kForTheAppOnly), std::end(kForTheAppOnly), name) !=
             std::end(kForTheAppOnly);
}

/// What nobody but the build itself sets from one buildpack to the next.
bool is_fixed(std::string_view name) {
  return is_builds_own_name(name) || is_gits(name);
}

bool begins_with_digit(std::string_view name) {
  return !name.empty() && name.front() >= '0' && name.front() <= '9';
}

/// A name that is safe as a file name.
bool is_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_';
  });
}

/// "1", "true" and the like.
bool is_on(std::string_view value) {
  return !value.empty() && value != "0" && value != "false" && value != "no";
}

void set_from(Variables& variables, std::string_view assignment) {
  const auto equals = assignment.find('=');
  if (equals == std::string_view::npos || !is_name(assignment.substr(0, equals))) return;
  variables.insert_or_assign(std::string(assignment.substr(0, equals)),
                             std::string(assignment.substr(equals + 1)));
}

/// The name of our uid in the stack's /etc/passwd. getpwuid(3) is not for static programs:
/// it loads the stack's libraries.
std::string user_name() {
  const std::string uid = std::to_string(::getuid());
  std::ifstream passwd("/etc/passwd");
  for (std::string line; std::getline(passwd, line);) {
    const auto name_end = line.find(':');
    const auto uid_begin = line.find(':', std::min(name_end, line.size() - 1) + 1);
    if (name_end == std::string::npos || uid_begin == std::string::npos) continue;
    const auto uid_end = line.find(':', uid_begin + 1);
    if (line.substr(uid_begin + 1, uid_end - uid_begin - 1) == uid)
      return line.substr(0, name_end);
  }
  return "app";
}

}  // namespace

Variables app_variables(const char* const* environment) {
  Variables variables;
  for (; *environment != nullptr; ++environment)
    if (!std::string_view(*environment).starts_with(kPlatformPrefix))
      set_from(variables, *environment);
  return variables;
}

Variables host_variables(const char* const* environment) {
  Variables variables;
  for (; *environment != nullptr; ++environment)
    if (const std::string_view variable = *environment;
        variable.starts_with(kHostVariablePrefix))
      set_from(variables, variable.substr(kHostVariablePrefix.size()));
  return variables;
}

const Variables& plain_environment() {
  static const Variables variables = {{"PATH", "/usr/bin:/bin"}, {"LC_ALL", "C.UTF-8"}};
  return variables;
}

Variables build_environment(const Request& request, const Variables& host,
                            const Variables& app) {
  const std::string user = user_name();
  Variables variables = {
      {"PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"},
      {"HOME", "/app"},
      {"LANG", "C.UTF-8"},
      {"USER", user},
      {"LOGNAME", user},
      {"SHELL", "/bin/bash"},
      {"TERM", "dumb"},
      {"TMPDIR", "/tmp"},
      {"CURL_CONNECT_TIMEOUT", "30"},
      {"CURL_TIMEOUT", "600"},
  };
  if (request.memory != 0)
    variables.emplace("MEMORY_AVAILABLE", std::to_string(request.memory >> 20U));
  for (const auto& [name, value] : host) variables.insert_or_assign(name, value);
  if (!is_on(value_of(app, kOptOut)))
    for (const auto& [name, value] : app)
      if (!is_denied(name) && !begins_with_digit(name)) variables.insert_or_assign(name, value);
  variables.insert_or_assign("STACK", request.stack);
  variables.insert_or_assign("SOURCE_VERSION", request.commit);
  variables.insert_or_assign("APP", request.app);
  variables.insert_or_assign("REQUEST_ID", request.id);
  return variables;
}

Variables with_exports(const Variables& before, std::string_view exported) {
  Variables after;
  while (!exported.empty()) {
    const auto end = std::min(exported.find('\0'), exported.size());
    set_from(after, exported.substr(0, end));
    exported.remove_prefix(std::min(end + 1, exported.size()));
  }
  std::erase_if(after, [](const auto& variable) { return is_fixed(variable.first); });
  for (const auto& [name, value] : before)
    if (is_fixed(name)) after.insert_or_assign(name, value);
  return after;
}

void write_env_dir(const std::string& directory, const Variables& app) {
  if (::mkdir(directory.c_str(), 0700) != 0) throw_errno("make '" + directory + "'");
  for (const auto& [name, value] : app) write_private_file(directory + "/" + name, value);
}

std::string value_of(const Variables& variables, std::string_view name) {
  const auto found = variables.find(name);
  return found == variables.end() ? "" : found->second;
}

std::vector<std::string> environment_block(const Variables& variables) {
  std::vector<std::string> block;
  block.reserve(variables.size());
  for (const auto& [name, value] : variables) block.push_back(name + "=" + value);
  return block;
}

}  // namespace hythe::builder
