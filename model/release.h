// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/app_name.h"
#include "core/helper_contract.h"
#include "core/stack_name.h"
#include "lib/clock.h"
#include "model/fingerprint.h"
#include "model/job.h"
#include "model/procfile.h"
#include "model/source_archive.h"
#include "model/used_buildpack.h"

namespace hythe {

/// The record of a release: the numbered, immutable result of a successful build. The tree
/// itself is root's, in releases/APP/N/app; this is apps/APP/releases/N.yml.
struct Release {
  AppName app;
  Number number = 0;
  std::string commit{};                    // "" of one that was built from …
  std::optional<SourceArchive> archive{};  // … an archive
  UsedBuildpacks buildpacks{};
  std::string stack{};                             // "host", or the version it was built on
  std::vector<ProcessCommand> types{};             // in the Procfile's order
  Jobs jobs{};                                     // in the order of their file
  std::map<std::string, std::string> variables{};  // the buildpack's run-time defaults
  std::uint64_t size = 0;                          // bytes of the tree
  std::string summary{};                           // the commit's, or the archive's name
  std::string who{};                               // asked for it
  Milliseconds built{};                            // when
  Fingerprints environment{};                      // of the app's variables at that time

  [[nodiscard]] StackName stack_name() const;
  /// "abc1234", "v1.2"
  [[nodiscard]] std::string short_version() const;
  /// "commit abc1234", "archive v1.2 (app.tar.gz)"
  [[nodiscard]] std::string source() const;
  /// nullptr when there is no such type.
  [[nodiscard]] const std::string* command(std::string_view type) const;

  /// Takes the next number of the app, on disk: whatever happens, it is never used twice.
  [[nodiscard]] static Release begin(const AppName& app);
  /// Throws PushError (EX_NOINPUT) when there is no such release.
  [[nodiscard]] static Release load(const AppName& app, Number number);
  [[nodiscard]] static std::optional<Release> find(const AppName& app, Number number);
  /// Those with a record, the newest first; the trees of the older ones are gone.
  [[nodiscard]] static std::vector<Release> all(const AppName& app);
  void save() const;
  /// There is none, after all; its number stays taken.
  void withdraw() const;
  /// Removes the records of those that nobody needs, but not the newest: its number tells
  /// which one is next.
  static void prune(const AppName& app, const std::function<bool(Number)>& is_needed);
};

}  // namespace hythe
