// SPDX-License-Identifier: Apache-2.0
#include "model/limits.h"

#include <sysexits.h>

#include <iostream>

#include "cli/commands.h"
#include "cli/ordering.h"
#include "lib/errors.h"
#include "lib/printable.h"
#include "model/app.h"
#include "model/config.h"
#include "pipeline/pending.h"

namespace hythe {
namespace {

void print(const App& app) {
  for (const auto& [key, value] : Config::load().limits.with(app.limits).all())
    std::cout << key << '=' << value << (app.limits.contains(key) ? "" : "  (of the host)")
              << '\n';
}

/// "build_time=1h"; nothing after the '=' takes the host's again.
void change(App& app, const std::string& word) {
  const auto equals = word.find('=');
  if (equals == std::string::npos)
    throw PushError(concat("'", printable(word, 64), "' is not of the form NAME=VALUE",
                           "\nwhat there is: hythe limits ", app.name.view()),
                    EX_USAGE);
  const std::string key = word.substr(0, equals);
  const std::string value = word.substr(equals + 1);
  if (value.empty()) {
    app.limits.erase(key);
    return;
  }
  Limits().set(key, value, "hythe limits");
  app.limits.insert_or_assign(key, value);
}

}  // namespace

int limits(Arguments& arguments, const Caller& caller) {
  App app = App::load(arguments.app());
  const auto words = arguments.rest();
  if (words.empty()) {
    print(app);
    return EX_OK;
  }
  // They protect the host, and so are not for everybody who may push.
  if (caller.is_remote)
    throw PushError(
        "limits are changed on the host only\nask its administrator: sudo hythe limits …",
        EX_NOPERM);
  const AppLock lock = take_lock(app.name, "limits", caller);
  settle(app.name, lock, Config::load());
  app = App::load(app.name);  // again, now that nobody else changes it
  for (const std::string& word : words) change(app, word);
  app.save();
  print(app);
  return EX_OK;
}

}  // namespace hythe
