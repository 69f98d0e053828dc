// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"
#include "cli/ordering.h"
#include "model/app.h"

namespace hythe {

/// New containers of the release that serves, to which requests move when they answer. An app
/// that was stopped is started.
int restart(Arguments& arguments, const Caller& caller) {
  const App app = App::load_deployed(arguments.app());
  arguments.end();
  return order_change(app.name, {.is_stopped = false}, "restart", caller);
}

}  // namespace hythe
