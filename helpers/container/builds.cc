// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/builds.h"

#include <fcntl.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "core/paths.h"
#include "helpers/container/app_trees.h"
#include "helpers/container/removal.h"
#include "helpers/die.h"
#include "helpers/text.h"

namespace hythe::container {
namespace {

constexpr const char* kTree = "tree";
constexpr const char* kFinished = "finished";

root::Directory builds_of(const AppName& app) {
  return root::Directory::open(paths::kBuilds).make_inside(app.c_str(), 0700);
}

}  // namespace

Build Build::make(const AppName& app, Number deployment, Slot slot) {
  forget_builds(app, deployment);
  root::Directory directory =
      builds_of(app).make_inside(root::FixedText<16>(deployment).c_str(), 0700);
  if (!make_directory_for(directory.fd(), kTree, slot.uid()))
    root::die_errno("make a build directory of '", app.view(), "'");
  return Build(std::move(directory));
}

bool Build::exists(const AppName& app, Number deployment) {
  return builds_of(app).contains(root::FixedText<16>(deployment).c_str());
}

Build Build::find(const AppName& app, Number deployment) {
  auto directory = builds_of(app).find(root::FixedText<16>(deployment).c_str());
  if (!directory)
    root::die(EX_NOINPUT, "app '", app.view(), "' has no build ", root::Decimal(deployment));
  return Build(std::move(*directory));
}

void Build::finish() const {
  directory_.replace(kFinished, 0600, "");
}

bool Build::is_finished() const {
  return directory_.contains(kFinished);
}

void forget_builds(const AppName& app, Number deployment) {
  const root::Directory builds = builds_of(app);
  for (const std::string& name : names_in(builds)) {
    if (name.front() == '.') continue;
    if (deployment != 0 && name != std::to_string(deployment)) continue;
    set_aside(builds, name);
  }
}

void sweep_builds(const AppName& app, Slot slot) {
  // Not builds_of(), which makes it: the app may be on its way out.
  const auto builds = root::Directory::open(paths::kBuilds).find(app.c_str());
  if (!builds) return;
  for (const std::string& name : names_in(*builds)) {
    if (name.front() != '.') continue;
    const auto build = builds->find(name.c_str());
    if (!build || !remove_as(slot, build->fd(), kTree)) continue;
    remove_own(builds->fd(), name.c_str());  // without the tree it is all root's
  }
}

}  // namespace hythe::container
