// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "lib/clock.h"
#include "model/limits.h"
#include "model/public_port.h"
#include "model/settings.h"
#include "model/sizes.h"

namespace hythe {

/// /etc/hythe/hythe.yml, with the default of every key. The file is root's; etc/hythe.yml
/// documents it.
struct Config {
  std::string base_domain;  // apps answer at APP.<base_domain>
  std::string ssh_host;
  unsigned ssh_port = 22;
  std::string webhook_url{};  // where forges reach hythe-webhook, without the app

  Limits limits{};

  struct Container {
    std::string size = "M";  // of process types that nothing is said about, and of one-offs
  } container{};
  Sizes sizes{};

  std::uint64_t builds = 1;  // at the same time; by default one for each processor
  Settings settings{};
  /// How many releases and deployments of an app are kept at least, the newest of them.
  std::uint64_t keep_releases = 5;
  std::uint64_t keep_deployments = 100;
  PortRange tcp_ports{};  // that apps with a `tcp` process type are given
  std::map<std::string, std::string> build_environment{};
  /// An app's repository is taken to be at submodule_base/APP, for relative addresses.
  std::string submodule_base{};
  std::string stack{};  // of new apps; "": stack_of_new_apps() says which
  /// Stack → whose buildpacks ("official", "github.com/heroku", "others") → STACK
  /// (model/build/stack.h).
  std::map<std::string, std::map<std::string, std::string>> stack_aliases{};
  /// What is said by keys of former versions, which change nothing any more.
  std::vector<std::string> outdated{};

  /// Throws PushError (EX_CONFIG) naming file and key: an unknown key, a bad value.
  [[nodiscard]] static Config load();
  [[nodiscard]] static Config parse(const std::string& text, std::string_view path);
};

}  // namespace hythe
