// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>

#include "lib/clock.h"

namespace hythe {

/// One step of the state in a directory, from the version before to `to`. What is begun again
/// after a kill must come to the same: a step may find its work done in part.
struct Migration {
  unsigned to;
  /// User hythe's files, as user hythe.
  void (*files)(const std::string& state);
  /// Root's tables, as root.
  void (*tables)(const std::string& state);
};

/// All that there ever were, in order; the last one leads to kStateVersion.
[[nodiscard]] std::span<const Migration> all_migrations();

struct Migrated {
  unsigned from;
  unsigned to;
  std::string backup;  // path of a tar archive
};

/// How long a migration waits for those who are at work on the state. A package's script waits
/// for it, and nobody can install anything meanwhile.
inline constexpr Milliseconds kMigrationPatience = std::chrono::minutes(2);

/// Brings the state in a directory to the version that the last step leads to: first a backup,
/// in backups/ beside it, then user hythe's files, then root's tables, and last the version.
/// Killed or failed anywhere, it is begun again with the same backup, which is of before.
///
/// `become_hythe` is called in a child, which changes the files and stays until all is over:
/// the locks that it takes are held from before the backup until then. What it throws is
/// thrown here, and then nothing was touched.
///
/// Nothing is returned when nothing was to be done, and nobody is waited for then. Throws
/// PushError (EX_CONFIG) when the state is of a newer version, and then nothing was touched.
[[nodiscard]] std::optional<Migrated> migrate(const std::string& state,
                                              std::span<const Migration> steps,
                                              const std::function<void()>& become_hythe);

}  // namespace hythe
