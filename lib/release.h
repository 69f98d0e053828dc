// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/app_name.h"
#include "core/helper_contract.h"
#include "core/stack_name.h"
#include "lib/procfile.h"
#include "lib/used_buildpack.h"

namespace hythe {

/// The record of a release: the numbered, immutable result of a successful build. The tree
/// itself is root's, in releases/APP/N/app; this is apps/APP/releases/N.yml.
struct Release {
  AppName app;
  Number number = 0;
  std::string commit{};
  UsedBuildpacks buildpacks{};
  std::string stack{};                             // "host", or the version it was built on
  std::vector<ProcessCommand> types{};             // in the Procfile's order
  std::map<std::string, std::string> variables{};  // the buildpack's run-time defaults
  std::uint64_t size = 0;                          // bytes of the tree

  [[nodiscard]] StackName stack_name() const;
  /// nullptr when there is no such type.
  [[nodiscard]] const std::string* command(std::string_view type) const;

  /// Takes the next number of the app, on disk: whatever happens, it is never used twice.
  [[nodiscard]] static Release begin(const AppName& app);
  [[nodiscard]] static Release load(const AppName& app, Number number);
  void save() const;
  /// There is none, after all; its number stays taken.
  void withdraw() const;
};

}  // namespace hythe
