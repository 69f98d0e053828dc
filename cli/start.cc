// SPDX-License-Identifier: Apache-2.0
#include <sysexits.h>

#include <iostream>

#include "cli/commands.h"
#include "cli/ordering.h"
#include "model/app.h"

namespace hythe {

/// The release that served when the app was stopped serves again.
int start(Arguments& arguments, const Caller& caller) {
  const App app = App::load_deployed(arguments.app());
  arguments.end();
  if (!app.is_stopped) {
    std::cout << app.name.view() << " is not stopped\n"
              << "new containers of it: hythe restart " << app.name.view() << '\n';
    return EX_OK;
  }
  return order_change(app.name, {.is_stopped = false}, "start", caller);
}

}  // namespace hythe
