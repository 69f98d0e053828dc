// SPDX-License-Identifier: Apache-2.0
#include "model/settings.h"

#include <sysexits.h>

#include <iostream>

#include "cli/commands.h"
#include "cli/ordering.h"
#include "lib/errors.h"
#include "lib/printable.h"
#include "model/config.h"

namespace hythe {
namespace {

int show(const App& app) {
  for (const auto& [key, value] : Config::load().settings.with(app.settings).all())
    std::cout << key << '=' << value << (app.settings.contains(key) ? "" : "  (of the host)")
              << '\n';
  return EX_OK;
}

/// "drain=10m"; nothing after the '=' takes the host's again.
void add(Change& change, const App& app, const std::string& word) {
  const auto equals = word.find('=');
  if (equals == std::string::npos)
    throw PushError(concat("'", printable(word, 64), "' is not of the form NAME=VALUE",
                           "\nwhat there is: hythe settings ", app.name.view()),
                    EX_USAGE);
  const std::string key = word.substr(0, equals);
  const std::string value = word.substr(equals + 1);
  Settings known;
  for (const auto& [name, of_host] : known.all())
    if (name == key && value.empty()) {
      change.settings[key] = std::nullopt;
      return;
    }
  known.set(key, value, "hythe settings");
  change.settings[key] = value;
}

}  // namespace

int settings(Arguments& arguments, const Caller& caller) {
  const App app = App::load(arguments.app());
  const auto words = arguments.rest();
  if (words.empty()) return show(app);
  Change change;
  for (const std::string& word : words) add(change, app, word);
  change_silently(app.name, change, "settings", caller);
  return show(App::load(app.name));
}

}  // namespace hythe
