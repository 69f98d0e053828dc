// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/leftovers.h"

#include <dirent.h>

#include <memory>

#include "core/paths.h"
#include "helpers/container/cgroup.h"
#include "helpers/container/claim.h"
#include "helpers/container/crun.h"
#include "helpers/container/network.h"

namespace hythe::container {
namespace {

/// The entries of `directory` that are containers of the app and held by nobody.
void look_into(const std::string& directory, const char* kind, const AppName& app,
               std::vector<Leftover>& out) {
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(::opendir(directory.c_str()), ::closedir);
  while (const dirent* entry = entries ? ::readdir(entries.get()) : nullptr) {
    const auto id = ContainerId::parse(entry->d_name);
    if (id && id->app == app && !holder_of(*id)) out.push_back({*id, kind, id->text()});
  }
}

void look_at_links(const AppName& app, Slot slot, Lane lane, std::vector<Leftover>& out) {
  for (unsigned position = 0; position < Position::kCount; ++position) {
    const ContainerId id{app, lane, {position}};
    const std::string link = link_name(slot, lane, {position});
    if (has_link(link) && !holder_of(id)) out.push_back({id, "link", link});
  }
}

}  // namespace

std::vector<Leftover> leftovers_of(const AppName& app, Slot slot) {
  std::vector<Leftover> out;
  look_into(paths::kContainers, "container", app, out);
  look_into(kCrunState, "crun", app, out);
  for (const std::string& hierarchy : cgroup_hierarchies())
    look_into(hierarchy, "cgroup", app, out);
  for (const Lane lane : kLiveLanes) look_at_links(app, slot, lane, out);
  look_at_links(app, slot, Lane::one_off, out);
  return out;
}

void remove_leftovers(const ContainerId& id, Slot slot) {
  // With the claim in our hands nobody can start it: whatever has its name is left over.
  const auto claim = Claim::take(id);
  if (!claim) return;
  forget_container(id);
  remove_cgroup(id);
  remove_link(link_name(slot, id.lane, id.position));
}

}  // namespace hythe::container
