// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "lib/git/oid.h"
#include "model/app.h"
#include "model/source_archive.h"

namespace hythe {

/// Where an app stands after a rollback or an archive: what serves, and what the branch says.
/// They differ on purpose, until the next push or deployment of the branch. Nothing of it is
/// written down anywhere: the records and the branch tell.
struct Standing {
  Number release = 0;
  Number rolled_back_from = 0;             // 0 when it was not
  std::optional<SourceArchive> archive{};  // that it was built from, unless from a commit
  std::optional<Oid> branch{};  // its commit, unless the release was built from that one

  /// nullopt unless the release that serves was rolled back to, or is an archive's.
  [[nodiscard]] static std::optional<Standing> of(const App& app);
  /// As it will be when `app` has been rolled back to another release than it serves now.
  [[nodiscard]] static Standing after_rollback(const App& app, Number release);

  /// As it will be when `app` serves that archive as another release.
  [[nodiscard]] static Standing after_archive(const App& app, Number release);

  /// "release 7 serves (archive v1.2, rolled back from 9); the branch is at abc1234, which does
  /// not serve"
  [[nodiscard]] std::string describe() const;
};

}  // namespace hythe
