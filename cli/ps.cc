// SPDX-License-Identifier: Apache-2.0
#include <sysexits.h>

#include <cstdio>
#include <iostream>

#include "cli/commands.h"
#include "lib/errors.h"
#include "model/app.h"
#include "model/container/container_state.h"
#include "model/container/lanes.h"

namespace hythe {
namespace {

/// What a container is there for: the lane of the version that serves, the one before on its
/// way out, the next one on its way in, or none of them.
const char* role(const ContainerState& container, std::optional<Lane> live) {
  if (container.lane == "o") return "one-off";
  if (live && container.lane == word(*live)) return "serves";
  return container.status == "stopping" ? "retires" : "waits";
}

/// How it has fared: ", 2 restarts, the last because it exited with code 7".
std::string history(const ContainerState& container) {
  const std::string restarts = container.restarts == 0
                                   ? ""
                                   : concat(", ", container.restarts,
                                            container.restarts == 1 ? " restart" : " restarts");
  if (container.status == "crashed")
    return concat(restarts, ", left alone since it ", container.last.describe());
  if (container.restarts != 0 && container.last.is_known)
    return concat(restarts, ", the last because it ", container.last.describe());
  return restarts;
}

}  // namespace

int ps(Arguments& arguments, const Caller&) {
  const App app = App::load(arguments.app());
  arguments.end();
  if (app.is_stopped)
    std::cout << app.name.view() << " is stopped: hythe start " << app.name.view() << '\n';
  const auto live = live_lane(app.name);
  for (const ContainerState& container : ContainerState::of(app.name)) {
    char line[512];
    std::snprintf(line, sizeof line, "%-24s  release %-5u  %-10s  %-8s  %s",
                  container.name.c_str(), container.release, container.status.c_str(),
                  role(container, live), duration(unix_time() - container.started).c_str());
    std::cout << line;
    std::cout << history(container);
    std::cout << '\n';
  }
  return EX_OK;
}

}  // namespace hythe
