// SPDX-License-Identifier: Apache-2.0
#include "cli/run_request.h"

#include <deque>
#include <iterator>

#include "core/helper_contract.h"
#include "lib/errors.h"
#include "lib/printable.h"
#include "lib/units.h"
#include "model/app.h"
#include "model/env_name.h"

namespace hythe {
namespace {

using Words = std::deque<std::string>;

std::string take(Words& words) {
  std::string first = std::move(words.front());
  words.pop_front();
  return first;
}

std::string value_of(const std::string& option, Words& words, const Arguments& arguments) {
  if (words.empty()) arguments.usage_error(concat("'", option, "' needs a value"));
  return take(words);
}

Milliseconds parse_timeout(const std::string& text) {
  const Milliseconds timeout = parse_duration(text, "--timeout");
  // Root counts in seconds, and has none for no limit.
  if (timeout < std::chrono::seconds(1) || timeout.count() % 1000 != 0)
    throw PushError("'--timeout' is a number of whole seconds, and at least one", EX_USAGE);
  return timeout;
}

void add_variable(RunOptions& options, const std::string& word) {
  const auto equals = word.find('=');
  const std::string name = word.substr(0, equals);
  if (equals == std::string::npos)
    throw PushError(concat("'", printable(name, 64), "' is not of the form NAME=VALUE"),
                    EX_USAGE);
  const std::string value = word.substr(equals + 1);
  check_env_variable(name, value);
  options.environment[name] = value;
}

ProcessName parse_one_off(const std::string& text) {
  const auto name = ProcessName::parse(text);
  if (!name || !one_off_position(*name))
    throw PushError(concat("'", printable(text, 64), "' is not the name of a one-off",
                           "\nthey are called run.1 to run.", kMostOneOffs),
                    EX_USAGE);
  return *name;
}

/// False for what is not an option; that of another kind is a typing error.
bool take_option(RunOptions& options, Words& words, const Arguments& arguments) {
  if (words.empty() || !words.front().starts_with('-') || words.front() == "--") return false;
  const std::string option = take(words);
  if (option == "--detach") {
    options.is_detached = true;
  } else if (option == "--size") {
    options.size = value_of(option, words, arguments);
  } else if (option == "--env") {
    add_variable(options, value_of(option, words, arguments));
  } else if (option == "--timeout") {
    options.timeout = parse_timeout(value_of(option, words, arguments));
  } else if (option == "--stop") {
    options.stop = parse_one_off(value_of(option, words, arguments));
  } else {
    arguments.usage_error(concat("there is no option '", printable(option, 64), "'"));
  }
  return true;
}

}  // namespace

RunRequest RunRequest::parse(Arguments& arguments) {
  const auto all = arguments.rest();
  Words words(all.begin(), all.end());
  RunOptions options;
  const auto take_options = [&] {
    while (take_option(options, words, arguments)) {
    }
  };
  take_options();
  if (words.empty()) arguments.usage_error("which app?");
  const AppName app = parse_app_name(take(words));
  take_options();
  if (!words.empty() && words.front() == "--") words.pop_front();
  if (words.empty() && !options.stop) arguments.usage_error("which command?");
  if (!words.empty() && options.stop)
    arguments.usage_error("'--stop' is of what runs: no command belongs to it");
  return {.app = app,
          .options = std::move(options),
          .command = {std::make_move_iterator(words.begin()),
                      std::make_move_iterator(words.end())}};
}

}  // namespace hythe
