// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/app_name.h"
#include "core/helper_contract.h"
#include "core/stack_name.h"
#include "model/review.h"

namespace hythe {

class Yaml;

/// The desired state of an app, as apps/APP/app.yml keeps it: what should be running, with
/// which variables, how often. It changes only at the end of a deployment that serves it.
struct App {
  AppName name;
  std::map<std::string, std::string> environment{};
  std::set<std::string> waiting{};                // variables that what runs does not know yet
  std::map<std::string, unsigned> formation{};    // process type → containers, where set
  std::map<std::string, std::string> sizes{};     // process type → size of its containers
  std::set<std::string> stop_first{};             // process types that must never run twice
  std::vector<std::string> domains{};             // beside the one below the host's base domain
  std::map<std::string, std::string> settings{};  // of Settings, where the app has its own
  std::map<std::string, std::string> limits{};    // of Limits, likewise
  bool is_stopped = false;                        // by hythe stop: nothing of it runs
  Number release = 0;                             // 0: nothing was deployed yet
  Number deployment = 0;                          // the one that made it so
  std::string ref{};                              // the branch that the release was built from
  StackName stack = StackName::host();            // that the next build is to be on
  std::optional<Review> review{};                 // what it is a review app of

  /// Of a process type that `formation` does not name: one web, one tcp, none of the others.
  [[nodiscard]] unsigned count(const std::string& type) const;

  /// Throws PushError (EX_NOINPUT) when there is no such app.
  [[nodiscard]] static App load(const AppName& name);
  /// Throws likewise when nothing was deployed to it yet.
  [[nodiscard]] static App load_deployed(const AppName& name);
  void require_deployed() const;
  [[nodiscard]] static bool exists(const AppName& name);
  /// In alphabetical order.
  [[nodiscard]] static std::vector<AppName> all();
  void save() const;

  [[nodiscard]] static App from_yaml(const AppName& name, const Yaml& file);
  [[nodiscard]] Yaml to_yaml() const;

  // Where an app's own files are.
  [[nodiscard]] static std::string directory(const AppName& name);
  [[nodiscard]] static std::string file(const AppName& name);
  /// A review app's is a link to its parent's.
  [[nodiscard]] static std::string repository(const AppName& name);
};

/// A wish to change an app, given to a deployment: it becomes true when that succeeds.
struct Change {
  std::map<std::string, std::optional<std::string>> environment{};  // nullopt unsets
  std::map<std::string, unsigned> formation{};
  std::map<std::string, int> more{};           // relative to what there is then
  std::map<std::string, std::string> sizes{};  // empty: the host's usual one again
  std::map<std::string, bool> stop_first{};
  std::optional<std::vector<std::string>> domains{};
  std::map<std::string, std::optional<std::string>> settings{};  // nullopt: the host's again
  std::optional<Number> release{};                               // a rollback
  std::optional<bool> is_stopped{};

  /// Throws PushError (EX_DATAERR) when a relative amount leads to where no formation can be.
  void apply_to(App& app) const;
};

/// A name as typed, or PushError with the grammar (EX_USAGE).
[[nodiscard]] AppName parse_app_name(std::string_view text);

}  // namespace hythe
