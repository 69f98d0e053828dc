// SPDX-License-Identifier: Apache-2.0
#include "lib/git/git_command.h"

#include <sstream>

#include "core/paths.h"
#include "lib/errors.h"

namespace hythe {
namespace {

constexpr const char* kVariables[] = {"GIT_CONFIG_NOSYSTEM=1",  "GIT_CONFIG_GLOBAL=/dev/null",
                                      "GIT_ATTR_NOSYSTEM=1",    "GIT_NO_REPLACE_OBJECTS=1",
                                      "GIT_TERMINAL_PROMPT=0",  "GIT_ASKPASS=/bin/false",
                                      "SSH_ASKPASS=/bin/false", "HOME=/nonexistent"};

/// Each is explained in docs/architecture.md.
const std::pair<std::string, std::string> kSettings[] = {
    {"core.hooksPath", "/nonexistent"}, {"core.fsync", "all"},
    {"core.fsmonitor", "false"},        {"core.alternateRefsCommand", "exit 0 #"},
    {"core.protectHFS", "true"},        {"core.protectNTFS", "true"},
    {"credential.helper", ""},          {"fetch.fsckObjects", "true"},
    {"transfer.fsckObjects", "true"},   {"fetch.recurseSubmodules", "false"},
    {"fetch.unpackLimit", "1"},         {"gc.auto", "0"},
    {"maintenance.auto", "false"},      {"protocol.allow", "never"},
    {"protocol.version", "2"},
};

}  // namespace

void GitCommand::set(std::string key, std::string value) {
  settings_.emplace_back(std::move(key), std::move(value));
}

void GitCommand::set_variable(std::string name_and_value) {
  variables_.push_back(std::move(name_and_value));
}

Command GitCommand::command(const std::vector<std::string>& words) const {
  Command command{.argv = {}};
  if (largest_file_ != 0)
    command.argv = {paths::kSetpriv, "--pdeathsig=TERM", paths::kPrlimit,
                    concat("--fsize=", largest_file_), "--core=0"};
  command.argv.insert(command.argv.end(), {paths::kGit, concat("--git-dir=", repository_)});
  command.argv.insert(command.argv.end(), words.begin(), words.end());
  for (const char* variable : kVariables) command.environment.emplace_back(variable);
  for (const std::string& variable : variables_) command.environment.push_back(variable);
  std::size_t count = 0;
  const auto add = [&](const std::string& key, const std::string& value) {
    command.environment.push_back(concat("GIT_CONFIG_KEY_", count, '=', key));
    command.environment.push_back(concat("GIT_CONFIG_VALUE_", count, '=', value));
    ++count;
  };
  for (const auto& [key, value] : kSettings) add(key, value);
  for (const auto& [key, value] : settings_) add(key, value);
  command.environment.push_back(concat("GIT_CONFIG_COUNT=", count));
  return command;
}

std::pair<ExitStatus, std::string> GitCommand::run(const std::vector<std::string>& words,
                                                   int held) const {
  Command git = command(words);
  git.stdin_fd = held;
  return run_to_end(std::move(git));
}

std::vector<GitCommand::Ref> GitCommand::refs_below(
    std::initializer_list<std::string_view> prefixes) const {
  std::vector<std::string> command = {"for-each-ref", "--format=%(objectname) %(refname)"};
  command.insert(command.end(), prefixes.begin(), prefixes.end());
  std::istringstream words(run(command).second);
  std::vector<Ref> refs;
  for (Ref ref; words >> ref.commit >> ref.name;) refs.push_back(ref);
  return refs;
}

bool GitCommand::remove_ref(const Ref& ref) const {
  return run({"update-ref", "-d", ref.name, ref.commit}).first.is_success();
}

}  // namespace hythe
