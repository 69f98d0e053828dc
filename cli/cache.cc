// SPDX-License-Identifier: Apache-2.0
#include <sysexits.h>

#include <iostream>

#include "cli/commands.h"
#include "core/paths.h"
#include "lib/errors.h"
#include "lib/printable.h"
#include "lib/units.h"
#include "model/app.h"
#include "model/container/disk_usage.h"
#include "model/helper.h"

namespace hythe {

/// Needs no lock: a build that runs has its own copy, and keeps it if it succeeds.
int cache(Arguments& arguments, const Caller&) {
  const std::string action = arguments.word();
  if (action != "clear")
    arguments.usage_error(concat("'", printable(action, 40), "' is not understood"));
  const App app = App::load(arguments.app());
  arguments.end();
  const auto before = DiskUsage::of(app.name);
  call_helper(paths::kLaunchHelper, {"clear", std::string(app.name.view())});
  std::cout << "Cleared the build cache of " << app.name.view() << ": "
            << format_size(before.cache) << '\n';
  return EX_OK;
}

}  // namespace hythe
