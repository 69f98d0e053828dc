// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "core/app_name.h"
#include "lib/net/forge_address.h"

namespace hythe {

/// Where an app's code comes from, beside pushes: apps/APP/link.yml, mode 0600. It has secrets
/// in it, which are never shown, nor put on a command line.
struct Link {
  ForgeAddress address{};
  Forge forge = Forge::github;
  std::string branch{};
  bool is_automatic = false;          // what the forge tells of is deployed
  bool waits_for_ci = false;          // and only when its CI was successful
  bool has_deploy_key = false;        // apps/APP/deploy_key is what opens the repository
  bool has_review_apps = false;       // for pull and merge requests …
  bool has_fork_review_apps = false;  // … also of those from forks
  std::string token{};                // for the repository and for the API; or empty
  std::string webhook_secret{};

  /// nullopt when the app is not linked. Throws PushError when the file is not as we write it.
  [[nodiscard]] static std::optional<Link> load(const AppName& app);
  /// Throws PushError (EX_NOINPUT) when it is not.
  [[nodiscard]] static Link require(const AppName& app);
  [[nodiscard]] static Link read(const std::string& path);
  void save(const AppName& app) const;
  void write(const std::string& path) const;
  /// With its key, and whatever was half written.
  static void remove(const AppName& app);

  /// Its branch at the forge, as the app's repository has it.
  [[nodiscard]] static std::string ref_of(const std::string& branch);

  /// For an open request.
  [[nodiscard]] bool makes_review_app(bool is_from_fork) const {
    return has_review_apps && (has_fork_review_apps || !is_from_fork);
  }

  /// The user and the token, as HTTP's Basic authentication has them; empty without a token.
  [[nodiscard]] std::string basic_credentials() const;
};

/// The app by whose link an app is deployed: itself, or what it is a review app of.
[[nodiscard]] AppName linked_app(const AppName& app);

/// apps/APP/deploy_key, beside its public half.
[[nodiscard]] std::string deploy_key_of(const AppName& app);
/// Makes the app's key unless it has one.
void make_deploy_key(const AppName& app);
/// Its public half, in one line, or empty.
[[nodiscard]] std::string public_deploy_key(const AppName& app);

}  // namespace hythe
