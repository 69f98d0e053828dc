// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "core/paths.h"
#include "helpers/container/caller.h"
#include "helpers/container/claim.h"
#include "helpers/container/firewall.h"
#include "helpers/container/leftovers.h"
#include "helpers/container/resolvers.h"
#include "helpers/container/slots.h"
#include "helpers/container/verbs.h"
#include "helpers/die.h"
#include "helpers/directory.h"

namespace hythe::container {
namespace {

bool has_running_containers(const AppName& app) {
  for (const ContainerId& id : containers_of(app, std::nullopt))
    if (holder_of(id)) return true;
  return false;
}

/// Builds, and releases that are not wholly on disk: names that begin with a dot.
void answer_builds(const AppName& app) {
  if (const auto builds = root::Directory::open(paths::kBuilds).find(app.c_str()))
    builds->for_each([](const char* name) { answer("build", name); });
  if (const auto releases = root::Directory::open(paths::kReleases).find(app.c_str()))
    releases->for_each([](const char* name) {
      if (name[0] == '.') answer("build", name);
    });
}

}  // namespace

int inspect(const LaunchRequest& request) {
  const Slot slot = require_slot(request.app);
  if (has_running_containers(request.app)) {
    auto firewall = FirewallCheck::begin(resolvers_of_host().servers);
    if (!firewall || !firewall->is_in_force()) answer("firewall", "missing");
  }
  for (const Leftover& leftover : leftovers_of(request.app, slot))
    answer(leftover.kind, leftover.name);
  answer_builds(request.app);
  return EX_OK;
}

int mend(const LaunchRequest& request) {
  const Slot slot = require_slot(request.app);
  bool is_mended = true;
  if (has_running_containers(request.app)) {
    auto firewall = FirewallCheck::begin(resolvers_of_host().servers);
    is_mended = firewall && firewall->finish();
  }
  for (const Leftover& leftover : leftovers_of(request.app, slot))
    remove_leftovers(leftover.id, slot);
  return is_mended ? EX_OK : EX_SOFTWARE;
}

}  // namespace hythe::container
