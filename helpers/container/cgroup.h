// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "helpers/container/container_id.h"

namespace hythe::container {

/// Whether /sys/fs/cgroup is version 2. Where only version 1 works (a host booted with it),
/// limits hold as well, but kills are by process.
[[nodiscard]] bool has_cgroup_v2();

/// What config.json calls a container's cgroup, from the root of the hierarchy.
[[nodiscard]] std::string cgroup_of(const ContainerId& id);

/// How many processes of the container the kernel has killed for want of memory; zero when
/// it cannot be told.
[[nodiscard]] std::uint64_t count_oom_kills(const ContainerId& id);

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
