// SPDX-License-Identifier: Apache-2.0
#include <sysexits.h>

#include <cstdio>
#include <iostream>

#include "cli/commands.h"
#include "cli/ordering.h"
#include "core/decimal.h"
#include "core/process_name.h"
#include "lib/errors.h"
#include "lib/printable.h"
#include "lib/units.h"
#include "model/release.h"
#include "pipeline/container_size.h"
#include "pipeline/launch.h"

namespace hythe {
namespace {

/// With what an app's own limits say.
Config config_for(const App& app) {
  Config config = Config::load();
  config.limits = config.limits.with(app.limits);
  return config;
}

void print(const App& app, const std::string& type, const Config& config) {
  const std::string name = size_name(app, type, config);
  const std::string memory = config.sizes.find(name) == nullptr
                                 ? "?"
                                 : format_size(container_size(app, type, config).memory);
  char line[160];
  std::snprintf(line, sizeof line, "%-28s  size %-6s (%s)%s\n",
                concat(type, '=', app.count(type)).c_str(), name.c_str(), memory.c_str(),
                app.stop_first.contains(type) ? ", stop-first" : "");
  std::cout << line;
}

int show(const App& app) {
  const Config config = config_for(app);
  if (app.release == 0) {
    for (const auto& [type, count] : app.formation) print(app, type, config);
    return EX_OK;
  }
  for (const auto& process : Release::load(app.name, app.release).types)
    if (process.type != "postdeploy") print(app, process.type, config);
  return EX_OK;
}

[[noreturn]] void refuse(const std::string& word) {
  throw PushError(
      concat("'", printable(word, 64), "' is not of the form TYPE=COUNT, TYPE=+COUNT, ",
             "TYPE=-COUNT, TYPE:size=SIZE or TYPE:overlap=POLICY", "\na count is 0 to ",
             Position::kCount, ", a policy 'overlap' or 'stop-first'"),
      EX_USAGE);
}

/// A type that the release that serves does not have is a typing error.
void refuse_unknown(const App& app, const std::string& type) {
  if (app.release == 0) return;
  const Release release = Release::load(app.name, app.release);
  if (release.command(type) == nullptr || type == "postdeploy")
    throw PushError(
        concat("release ", release.number, " of '", app.name.view(), "' has no process type '",
               type, "' that could be scaled", "\nwhat it has: hythe scale ", app.name.view()),
        EX_DATAERR);
}

void add_count(Change& change, const std::string& type, std::string_view value,
               const std::string& word) {
  const bool is_relative = value.starts_with('+') || value.starts_with('-');
  const auto count = parse_decimal(value.substr(is_relative ? 1 : 0), Position::kCount);
  if (!count) refuse(word);
  if (is_relative)
    change.more[type] = static_cast<int>(*count) * (value[0] == '-' ? -1 : 1);
  else
    change.formation[type] = static_cast<unsigned>(*count);
}

void add_policy(Change& change, const std::string& type, std::string_view value,
                const std::string& word) {
  if (value != "overlap" && value != "stop-first") refuse(word);
  if (value == "stop-first" && receives_traffic(type))
    throw PushError(concat("'", type, "' cannot be stop-first: requests would find nobody",
                           "\nits containers overlap, so that none is lost"),
                    EX_DATAERR);
  change.stop_first[type] = value == "stop-first";
}

void add(Change& change, const App& app, const std::string& word) {
  const auto equals = word.find('=');
  if (equals == std::string::npos) refuse(word);
  const auto colon = word.find(':');
  const std::string type = word.substr(0, std::min(colon, equals));
  const std::string value = word.substr(equals + 1);
  const std::string what =
      colon < equals ? word.substr(colon + 1, equals - colon - 1) : "count";
  if (!ProcessName::is_type(type)) refuse(word);
  if (colon > equals)
    add_count(change, type, value, word);
  else if (what == "size")
    change.sizes[type] = value;
  else if (what == "overlap")
    add_policy(change, type, value, word);
  else
    refuse(word);
  refuse_unknown(app, type);
}

/// What the deployment would refuse all the same, but later.
void refuse_impossible(App app, const Change& change) {
  const Config config = config_for(app);
  change.apply_to(app);
  for (const auto& size : change.sizes) (void)container_size(app, size.first, config);
}

}  // namespace

int scale(Arguments& arguments, const Caller& caller) {
  const App app = App::load(arguments.app());
  const auto words = arguments.rest();
  if (words.empty()) return show(app);
  Change change;
  for (const std::string& word : words) add(change, app, word);
  refuse_impossible(app, change);
  return order_change(app.name, std::move(change), "scale", caller);
}

}  // namespace hythe
