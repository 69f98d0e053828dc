// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "helpers/container/container_id.h"

namespace hythe::container {

/// Whether /sys/fs/cgroup is version 2. Where only version 1 works (a host booted with it),
/// limits hold as well, but kills are by process.
[[nodiscard]] bool has_cgroup_v2();

/// What config.json calls a container's cgroup, from the root of the hierarchy.
[[nodiscard]] std::string cgroup_of(const ContainerId& id);

/// What the kernel says of a container's memory; nothing of it when it cannot be told.
struct MemoryUse {
  std::uint64_t kills = 0;     // processes that it has killed, for whoever's want of memory
  bool has_met_limit = false;  // the container's own
};

[[nodiscard]] MemoryUse memory_use(const ContainerId& id);
/// The same of the files' texts: of version 2, `memory.events`; of version 1,
/// `memory.oom_control`, the limit, and the most that was used, with swap and without.
[[nodiscard]] MemoryUse memory_use_v2(std::string_view events);
[[nodiscard]] MemoryUse memory_use_v1(std::string_view oom_control, std::string_view limit,
                                      std::string_view most, std::string_view most_with_swap);

/// The limit of memory of the container; zero when there is none, or it cannot be told.
[[nodiscard]] std::uint64_t memory_limit_mib(const ContainerId& id);

/// How often the limit of processes refused one; zero when it cannot be told.
[[nodiscard]] std::uint64_t count_refused_forks(const ContainerId& id);

/// SIGKILL for every process of the container at once. Nothing where version 2 is not
/// there: then the death of the container's init is what ends them.
void kill_cgroup(const ContainerId& id);

/// Where the cgroups of all containers are: one directory, or with version 1 several.
[[nodiscard]] std::vector<std::string> cgroup_hierarchies();

/// Removes the directories of a container's cgroup, where nothing is left in them. crun does
/// so itself, unless it failed half-way.
void remove_cgroup(const ContainerId& id);

/// Moves the calling process out of its caller's cgroup, which may be killed, frozen or
/// limited with the session of whoever pushed. A host without version 2 leaves it there.
void leave_callers_cgroup();

}  // namespace hythe::container
