// SPDX-License-Identifier: Apache-2.0
#include "pipeline/rollback.h"

#include <sysexits.h>

#include "cli/commands.h"
#include "cli/ordering.h"
#include "core/decimal.h"
#include "lib/errors.h"
#include "lib/printable.h"
#include "model/serving_history.h"

namespace hythe {
namespace {

Number parse(const std::string& text, const AppName& app) {
  const auto number = parse_decimal(text, kMaxNumber);
  if (number && *number != 0) return static_cast<Number>(*number);
  throw PushError(concat("'", printable(text, 20), "' is not the number of a release",
                         "\nwhat there is: hythe releases ", app.view()),
                  EX_USAGE);
}

}  // namespace

int rollback(Arguments& arguments, const Caller& caller) {
  const App app = App::load(arguments.app());
  const auto word = arguments.optional_word();
  arguments.end();
  const Number release = word ? parse(*word, app.name) : rollback_target(app);
  require_rollback_target(app, release);  // and again under the lock, where it counts
  return order_change(app.name, {.release = release}, kRollback, caller);
}

}  // namespace hythe
