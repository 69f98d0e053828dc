// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/helper_contract.h"
#include "helpers/directory.h"

namespace hythe::container {

/// builds/APP/DEPLOYMENT: root's, with the app's `tree` in it, which is /build during the
/// build, and the file `finished` once that has succeeded. What cannot be made or written
/// ends the process.
class Build {
 public:
  /// An empty one, in the place of any that had this number.
  [[nodiscard]] static Build make(const AppName& app, Number deployment, Slot slot);
  [[nodiscard]] static bool exists(const AppName& app, Number deployment);
  /// Ends the process (EX_NOINPUT) unless there is one.
  [[nodiscard]] static Build find(const AppName& app, Number deployment);

  /// Says on disk that it has succeeded. Only root can, and so no code of the app's.
  void finish() const;
  [[nodiscard]] bool is_finished() const;

  [[nodiscard]] const root::Directory& directory() const { return directory_; }

 private:
  explicit Build(root::Directory directory) : directory_(std::move(directory)) {}
  root::Directory directory_;
};

/// Forgets one build of an app, or all with 0. What is in them is removed by whoever calls
/// sweep_builds() next.
void forget_builds(const AppName& app, Number deployment);

/// Removes forgotten builds, as the app's user. It takes as long as it takes.
void sweep_builds(const AppName& app, Slot slot);

}  // namespace hythe::container
