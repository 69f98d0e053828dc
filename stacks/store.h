// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/stack_name.h"
#include "core/unique_fd.h"

namespace hythe::stacks {

/// paths::kStacks: a directory to a version, root's, that group hythe may look into. A name
/// that begins with a dot is on its way in or out, or was left by a process that was killed.
///
/// Whoever uses a version says so under the lock (hythe-container, at the start of a build),
/// and whoever removes one looks under it: none goes that is used.

/// A directory under way, to be a version or only to be worked in. It is gone with this object
/// unless it has become one.
class Scratch {
 public:
  [[nodiscard]] static Scratch make();
  Scratch(Scratch&& other) noexcept;
  Scratch& operator=(Scratch&&) = delete;
  ~Scratch();

  [[nodiscard]] int fd() const { return held_.get(); }
  [[nodiscard]] std::string path() const;

  /// The next version of that name, on disk. Its tree must not change from here on.
  [[nodiscard]] StackVersion become_version_of(const StackName& name);

 private:
  Scratch(std::string name, UniqueFd held) : name_(std::move(name)), held_(std::move(held)) {}
  std::string name_;  // empty once it is a version
  UniqueFd held_;     // locked, so that nobody takes it for a leftover
};

/// Removes what killed processes have left.
void sweep();

/// Removes the versions of a name that no build or release uses and that are not the newest.
void collect(const StackName& name);

/// Removes all of a name. Throws PushError that names who uses it, or EX_NOINPUT when there is
/// none.
void remove_all(const StackName& name);

/// The version that is made next, on a day (20261125).
[[nodiscard]] StackVersion next_version(const StackName& name, std::uint32_t today,
                                        const std::vector<StackVersion>& existing);

}  // namespace hythe::stacks
