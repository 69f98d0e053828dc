// SPDX-License-Identifier: Apache-2.0
#include <sysexits.h>

#include <iostream>

#include "cli/commands.h"
#include "cli/ordering.h"
#include "model/app.h"

namespace hythe {

/// Nothing of an app runs any more, also after a reboot, until it is started or pushed to.
/// What it has is kept.
int stop(Arguments& arguments, const Caller& caller) {
  const App app = App::load_deployed(arguments.app());
  arguments.end();
  if (app.is_stopped) {
    std::cout << app.name.view() << " is stopped already\n";
    return EX_OK;
  }
  return order_change(app.name, {.is_stopped = true}, "stop", caller);
}

}  // namespace hythe
