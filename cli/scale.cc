// SPDX-License-Identifier: Apache-2.0
#include <sysexits.h>

#include <iostream>

#include "cli/commands.h"
#include "cli/ordering.h"
#include "core/decimal.h"
#include "core/process_name.h"
#include "lib/errors.h"
#include "lib/printable.h"
#include "lib/release.h"

namespace hythe {
namespace {

int show(const App& app) {
  if (app.release == 0) {
    for (const auto& [type, count] : app.formation) std::cout << type << '=' << count << '\n';
    return EX_OK;
  }
  for (const auto& process : Release::load(app.name, app.release).types)
    if (process.type != "postdeploy")
      std::cout << process.type << '=' << app.count(process.type) << '\n';
  return EX_OK;
}

/// "web=2"; a type that the release that serves does not have is a typing error.
void add(Change& change, const App& app, const std::string& word) {
  const auto equals = word.find('=');
  const std::string type = word.substr(0, equals);
  const auto count =
      equals == std::string::npos
          ? std::nullopt
          : parse_decimal(std::string_view(word).substr(equals + 1), Position::kCount);
  if (!count || !ProcessName::is_type(type))
    throw PushError(
        concat("'", printable(word, 64),
               "' is not of the form TYPE=COUNT, with a count of 0 to ", Position::kCount),
        EX_USAGE);
  if (app.release != 0) {
    const Release release = Release::load(app.name, app.release);
    if (release.command(type) == nullptr || type == "postdeploy")
      throw PushError(concat("release ", release.number, " of '", app.name.view(),
                             "' has no process type '", type, "' that could be scaled",
                             "\nwhat it has: hythe scale ", app.name.view()),
                      EX_DATAERR);
  }
  change.formation[type] = static_cast<unsigned>(*count);
}

}  // namespace

int scale(Arguments& arguments, const Caller& caller) {
  const App app = App::load(arguments.app());
  const auto words = arguments.rest();
  if (words.empty()) return show(app);
  Change change;
  for (const std::string& word : words) add(change, app, word);
  return order_change(app.name, std::move(change), "scale", caller);
}

}  // namespace hythe
