// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/release_use.h"

#include <unistd.h>

#include <string>

#include "helpers/container/app_trees.h"
#include "helpers/container/complain.h"
#include "helpers/container/file.h"

namespace hythe::container {
namespace {

constexpr const char* kUses = "uses";

}  // namespace

bool hold_release(const Claim& claim, Slot slot, Number release) {
  const std::string number = std::to_string(release);
  // Of a container before us in this place, whose monitor was killed.
  ::unlinkat(claim.directory(), kUses, 0);
  if (!create_file(claim.directory(), kUses, 0600, number)) {
    complain_errno("say which release is in use");
    return false;
  }
  const AppName& app = claim.id().app;
  if (release == 0 || find_release(app, release, slot)) return true;
  complain("app '", app.view(), "' has no release ", number, " any more");
  return false;
}

bool is_held(const AppName& app, Number release) {
  const std::string number = std::to_string(release);
  for (const ContainerId& id : containers_of(app, std::nullopt)) {
    // Root's file in root's directory. Without it the container has not looked yet.
    const auto uses = read_file((directory_of(id) + "/" + kUses).c_str(), 16);
    if (uses == number) return true;
  }
  return false;
}

}  // namespace hythe::container
