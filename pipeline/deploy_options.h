// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace hythe {

/// What may be asked for with a push (`-o`) or with `hythe deploy` (`--`): a closed list, none
/// of which reaches an environment.
struct DeployOptions {
  bool detach = false;    // it goes on without whoever asked for it
  bool no_cache = false;  // built with an empty cache, which replaces the app's
  bool dry_run = false;   // built, started and probed, and then forgotten
  std::string buildpack{};
  std::string message{};  // what the list of deployments says of it

  /// "no-cache", or "message=TEXT". Throws PushError (EX_USAGE) that names all that there are.
  void set(std::string_view option);
};

}  // namespace hythe
