// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/cgroup.h"

#include <dirent.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <memory>

#include "core/decimal.h"
#include "core/paths.h"
#include "helpers/container/file.h"

namespace hythe::container {
namespace {

std::uint64_t value_of(std::string_view key, std::string_view text) {
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(line.size() == text.size() ? line.size() : line.size() + 1);
    if (line.starts_with(key) && line.size() > key.size() && line[key.size()] == ' ')
      return parse_decimal(line.substr(key.size() + 1), ~std::uint64_t{0}).value_or(0);
  }
  return 0;
}

std::uint64_t number_in(std::string_view text) {
  return parse_decimal(text.substr(0, text.find('\n')), ~std::uint64_t{0}).value_or(0);
}

/// The text of one of the files about a container's memory.
std::string of_memory(const ContainerId& id, const char* file) {
  const std::string path = paths::kCgroups + std::string(has_cgroup_v2() ? "" : "/memory") +
                           cgroup_of(id) + "/" + file;
  return read_file(path.c_str(), 4096).value_or("");
}

}  // namespace

bool has_cgroup_v2() {
  struct statfs status = {};
  return ::statfs(paths::kCgroups, &status) == 0 && status.f_type == CGROUP2_SUPER_MAGIC;
}

std::string cgroup_of(const ContainerId& id) {
  return std::string(paths::kAppsCgroup) + "/" + id.text();
}

MemoryUse memory_use_v2(std::string_view events) {
  return {.kills = value_of("oom_kill", events), .has_met_limit = value_of("oom", events) > 0};
}

MemoryUse memory_use_v1(std::string_view oom_control, std::string_view limit,
                        std::string_view most, std::string_view most_with_swap) {
  // What was refused is not in it: some pages at once, at most.
  constexpr std::uint64_t kRefused = 1U << 20U;
  const std::uint64_t used = std::max(number_in(most), number_in(most_with_swap));
  return {.kills = value_of("oom_kill", oom_control),
          .has_met_limit = used + kRefused > number_in(limit)};
}

MemoryUse memory_use(const ContainerId& id) {
  if (has_cgroup_v2()) return memory_use_v2(of_memory(id, "memory.events"));
  return memory_use_v1(of_memory(id, "memory.oom_control"),
                       of_memory(id, "memory.limit_in_bytes"),
                       of_memory(id, "memory.max_usage_in_bytes"),
                       of_memory(id, "memory.memsw.max_usage_in_bytes"));
}

std::uint64_t memory_limit_mib(const ContainerId& id) {
  return number_in(of_memory(id, has_cgroup_v2() ? "memory.max" : "memory.limit_in_bytes")) >>
         20U;
}

std::uint64_t count_refused_forks(const ContainerId& id) {
  const std::string path = paths::kCgroups + std::string(has_cgroup_v2() ? "" : "/pids") +
                           cgroup_of(id) + "/pids.events";
  return value_of("max", read_file(path.c_str(), 4096).value_or(""));
}

void kill_cgroup(const ContainerId& id) {
  if (!has_cgroup_v2()) return;
  const std::string path = paths::kCgroups + cgroup_of(id) + "/cgroup.kill";
  // Fails on Linux before 5.14, where init's death does it as well.
  (void)write_kernel_file(path.c_str(), "1");
}

std::vector<std::string> cgroup_hierarchies() {
  const std::string root = paths::kCgroups;
  std::vector<std::string> out = {root + paths::kAppsCgroup};
  if (has_cgroup_v2()) return out;
  const std::unique_ptr<DIR, int (*)(DIR*)> hierarchies(::opendir(root.c_str()), ::closedir);
  while (const dirent* entry = hierarchies ? ::readdir(hierarchies.get()) : nullptr)
    out.push_back(root + "/" + entry->d_name + paths::kAppsCgroup);
  return out;
}

void remove_cgroup(const ContainerId& id) {
  for (const std::string& hierarchy : cgroup_hierarchies())
    ::rmdir((hierarchy + "/" + id.text()).c_str());
}

void leave_callers_cgroup() {
  if (!has_cgroup_v2()) return;
  // systemd has made it where it runs. Nobody else can write there, so no path is another's.
  const std::string apps = std::string(paths::kCgroups) + paths::kAppsCgroup;
  ::mkdir(apps.c_str(), 0755);
  // A leaf: a cgroup that has children with limits may hold no process itself. It carries no
  // limit, and so takes nothing from anybody.
  const std::string monitors = apps + "/monitors";
  ::mkdir(monitors.c_str(), 0755);
  (void)write_kernel_file((monitors + "/cgroup.procs").c_str(), "0");
}

}  // namespace hythe::container
