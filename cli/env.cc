// SPDX-License-Identifier: Apache-2.0
#include <sysexits.h>
#include <unistd.h>

#include <iostream>

#include "cli/commands.h"
#include "cli/ordering.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/printable.h"
#include "model/aliases.h"
#include "model/env_file.h"
#include "model/env_name.h"

namespace hythe {
namespace {

constexpr std::size_t kMaxEnvFile = 2 * kMaxEnvBytes;  // with its comments

/// Names only: values are secrets, and a list is looked at over shoulders.
int list_names(const App& app) {
  for (const auto& variable : app.environment) std::cout << variable.first << '\n';
  return EX_OK;
}

const std::string& value_of(const App& app, const std::string& name) {
  const auto variable = app.environment.find(name);
  if (variable == app.environment.end())
    throw PushError(concat("'", app.name.view(), "' has no variable '", printable(name), "'"),
                    EX_NOINPUT);
  return variable->second;
}

std::string read_stdin(std::size_t limit) {
  std::string bytes;
  while (bytes.size() <= limit && read_some(STDIN_FILENO, bytes)) {
  }
  return bytes;
}

/// A value that is on nobody's command line, byte by byte.
Change from_stdin(const std::string& name) {
  if (::isatty(STDIN_FILENO) != 0)
    throw PushError(
        concat("'", printable(name, 64), "' has no value\ntype NAME=VALUE, or give ",
               "the value as a file: hythe env APP set NAME < FILE"),
        EX_USAGE);
  const std::string value = read_stdin(kMaxEnvValueLength);
  check_env_variable(name, value);
  std::cout << name << " has " << value.size() << " bytes\n";
  return {.environment = {{name, value}}};
}

/// A file of the host's is root's to name: who is remote has no files here.
Change from_file(const std::string& path, const Caller& caller) {
  const std::string way_out = "\ngive it as stdin: hythe env APP set --file - < FILE";
  if (path != "-" && caller.is_remote)
    throw PushError(concat("'", printable(path), "' would be a file of the host's", way_out),
                    EX_USAGE);
  std::string text;
  try {
    text = path == "-" ? read_stdin(kMaxEnvFile) : read_file(path, kMaxEnvFile);
  } catch (const SystemError& error) {
    throw PushError(concat(error.what(), way_out), EX_NOINPUT);
  }
  if (text.size() > kMaxEnvFile)
    throw PushError(concat("the file has more than ", kMaxEnvFile >> 10U, " KiB"));
  Change change;
  for (auto& [name, value] : parse_env_file(text, path == "-" ? "stdin" : path))
    change.environment.emplace(name, std::move(value));
  if (change.environment.empty()) throw PushError("the file has no variables");
  return change;
}

Change assignments(const std::vector<std::string>& words) {
  if (words.size() == 1 && words[0].find('=') == std::string::npos) return from_stdin(words[0]);
  Change change;
  for (const std::string& word : words) {
    const auto equals = word.find('=');
    if (equals == std::string::npos)
      throw PushError(concat("'", printable(word, 64), "' is not of the form NAME=VALUE"),
                      EX_USAGE);
    const std::string name = word.substr(0, equals);
    const std::string value = word.substr(equals + 1);
    check_env_variable(name, value);
    change.environment[name] = value;
  }
  return change;
}

/// What the app's variables would be as a whole.
void check(const Change& change, App app) {
  change.apply_to(app);
  check_environment(app.environment);
  for (const auto& [name, value] : change.environment) refuse_circle(name, app.environment);
}

}  // namespace

int env(Arguments& arguments, const Caller& caller) {
  const bool is_for_later = arguments.flag("--no-restart");
  const auto file = arguments.option("--file");
  const App app = App::load(arguments.app());
  const std::string action = arguments.optional_word().value_or("list");
  const auto words = arguments.rest();
  if (action == "list" && words.empty()) return list_names(app);
  if (action == "get" && words.size() == 1) {
    std::cout << value_of(app, words[0]) << '\n';
    return EX_OK;
  }
  if (words.empty() != (file && action == "set") || (action != "set" && action != "unset"))
    arguments.usage_error(concat("'", printable(action), "' is not understood"));

  Change change;
  if (action == "set") change = file ? from_file(*file, caller) : assignments(words);
  if (action == "unset")
    for (const std::string& name : words) {
      (void)value_of(app, name);
      change.environment[name] = std::nullopt;
    }
  check(change, app);
  if (is_for_later && app.release != 0) {
    change_silently(app.name, change, "env", caller);
    std::cout << "Set for the next deployment of " << app.name.view() << '\n';
    return EX_OK;
  }
  return order_change(app.name, std::move(change), "env", caller);
}

}  // namespace hythe
