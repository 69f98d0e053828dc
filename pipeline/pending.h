// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "core/slot.h"
#include "lib/process/process_identity.h"
#include "model/app.h"
#include "model/app_lock.h"
#include "model/config.h"

namespace hythe {

/// The intent of a deployment, on disk (apps/APP/pending.yml) from before traffic moves
/// until the app's new state is. When a deployment is killed in between, whoever takes the
/// app's lock next finds it, and makes what serves and what the branch says one thing again.
struct Pending {
  App wanted;  // what app.yml will say
  Lane lane = Lane::a;
  std::optional<Lane> previous{};
  std::string ref{};  // of a push or a link: it decides, by having moved or not
  std::string commit_id{};
  std::optional<ProcessIdentity> receive_pack{};  // until it is gone git has not decided
  bool is_watched = false;                        // until its watch window is over

  void save() const;
  [[nodiscard]] static std::optional<Pending> load(const AppName& app);

  /// Whether this deployment succeeded: not while it is watched; for one that moves the
  /// branch, that says so, for a push once receive-pack has ended; for others, that traffic has
  /// moved. A receive-pack that has not ended after two minutes, because its client takes
  /// nothing more, is killed: as long as it lives, git may still move the branch.
  [[nodiscard]] bool was_accepted() const;

  /// Makes it true: the intent becomes the app's state, by one rename.
  void commit() const;
  /// Makes it untrue: traffic goes back, if it has moved, and nothing is pending, not even in
  /// the repository.
  void revert(const AppLock& lock) const;
};

/// Finishes or undoes what a killed deployment left, so that the lock's new holder starts
/// from a state that is one thing. Needs the app's lock.
void settle(const AppName& app, const AppLock& lock, const Config& config);

/// Clears up after a deployment that has ended, in whatever way: a build that never became a
/// release, and, when it was killed, its containers or those before it, its intent and its
/// record.
void sweep_after(const AppName& app, Number deployment, const Config& config);

/// The same after every deployment that was under way when the host went down, and with it
/// whoever would have cleared up. Leaves alone those that somebody is at.
void sweep_after_boot(const AppName& app, const Config& config);

}  // namespace hythe
