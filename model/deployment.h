// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/app_name.h"
#include "core/helper_contract.h"
#include "core/slot.h"
#include "lib/clock.h"
#include "lib/errors.h"
#include "model/source_archive.h"
#include "model/used_buildpack.h"

namespace hythe {

/// Scalingo's words.
enum class Status {
  queued,
  building,
  pushing,
  starting,
  success,
  build_error,
  crashed_error,
  timeout_error,
  hook_error,
  aborted,
};

[[nodiscard]] const char* word(Status status);
[[nodiscard]] bool is_final(Status status);

/// A deployment that ended as anything but `success`, and why.
class DeploymentFailure : public PushError {
 public:
  DeploymentFailure(Status status, const std::string& reason)
      : PushError(reason), status_(status) {}
  [[nodiscard]] Status status() const { return status_; }

 private:
  Status status_;
};

/// The record of one numbered attempt: apps/APP/deployments/N.yml, beside its log. It is
/// kept when the attempt fails.
struct Deployment {
  struct Phase {
    std::string name;
    Milliseconds took;
  };

  AppName app;
  Number number = 0;
  Status status = Status::queued;
  std::string trigger{};  // a verb of hythe, or "push"
  std::string who{};
  std::string message{};  // what they said of it
  std::string ref{};
  std::string commit{};                    // that is built, or …
  std::optional<SourceArchive> archive{};  // … the archive
  std::string summary{};                   // of the commit, where one is built
  Number release = 0;
  bool is_dry_run = false;     // what it makes is forgotten again
  std::optional<Lane> lane{};  // that its containers were started in
  std::string reason{};        // why it failed
  Milliseconds started{};
  Milliseconds finished{};
  std::vector<Phase> phases{};
  UsedBuildpacks buildpacks{};  // also when the build failed

  /// Takes the next number of the app and creates the empty log.
  [[nodiscard]] static Deployment begin(const AppName& app);
  /// nullopt when there is no such number.
  [[nodiscard]] static std::optional<Deployment> load(const AppName& app, Number number);
  /// The newest `count`, newest first.
  [[nodiscard]] static std::vector<Deployment> newest(const AppName& app, std::size_t count);

  /// All that were ever begun and not removed, in rising order.
  [[nodiscard]] static std::vector<Number> numbers(const AppName& app);
  /// Removes record and log of one. Not of the newest: its number tells which one is next.
  static void remove(const AppName& app, Number number);

  void save() const;
  [[nodiscard]] std::string log_path() const;
  /// Where its process can be called until traffic has moved: whoever says their name there
  /// cancels it.
  [[nodiscard]] std::string beacon_path() const;
};

}  // namespace hythe
