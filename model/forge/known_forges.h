// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "lib/net/forge_address.h"

namespace hythe {

/// The host keys of forges. Those that the administrator has in /etc/ssh/ssh_known_hosts count
/// first. Of any other forge, the keys that it shows when an app is first linked to it are
/// written down (forges/known_hosts), and no others are taken afterwards.
struct KnownForges {
  [[nodiscard]] static bool has(const ForgeAddress& address);
  /// Asks the forge at `at`, an address of its, for its keys, and writes them down. Returns
  /// their fingerprints, one a line: whoever links has to compare them. Throws PushError.
  [[nodiscard]] static std::string learn(const ForgeAddress& address, const std::string& at);

  /// What ssh(1) needs to know for it: the app's key, the host's keys, no question and no wait.
  [[nodiscard]] static std::string ssh_command(const ForgeAddress& address,
                                               const std::string& at, const std::string& key);
};

}  // namespace hythe
