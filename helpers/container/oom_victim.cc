// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/oom_victim.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "core/unique_fd.h"
#include "helpers/container/cgroup.h"

namespace hythe::container {

std::optional<std::string> victim_in(std::string_view record, std::string_view cgroup) {
  // "6,339,25730987221,-;oom-kill:constraint=…,task_memcg=/hythe/shop.a.0,task=node,pid=7,uid=1"
  constexpr std::string_view kMark = ";oom-kill:";
  constexpr std::string_view kCgroup = ",task_memcg=";
  constexpr std::string_view kTask = ",task=";
  record = record.substr(0, record.find('\n'));
  const auto mark = record.find(kMark);
  const auto path = mark == std::string_view::npos ? mark : record.find(kCgroup, mark);
  const auto task = path == std::string_view::npos ? path : record.find(kTask, path);
  const auto pid = record.rfind(",pid=");  // the last: a name may have one in it
  if (task == std::string_view::npos || pid == std::string_view::npos) return std::nullopt;
  if (!record.substr(0, task).ends_with(cgroup) || pid < task + kTask.size())
    return std::nullopt;
  std::string name(record.substr(task + kTask.size(), pid - task - kTask.size()));
  for (char& c : name)
    if (c < ' ' || c > '~') c = '?';
  return name;
}

std::string oom_victim(const ContainerId& id) {
  std::string victim;
  // Root's to read, and only ever read: the kernel's records say more of the host than an app
  // may know, so nothing but a name leaves this function.
  const UniqueFd log(::open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (!log) return victim;
  const std::string cgroup = cgroup_of(id);
  char record[8192];
  for (;;) {
    const ssize_t n = ::read(log.get(), record, sizeof record);
    // EPIPE: records were overwritten before they were read; the next one follows.
    if (n < 0 && (errno == EPIPE || errno == EINTR)) continue;
    if (n <= 0) return victim;
    // The cgroup's name is used again and again: the last one is meant.
    if (auto name = victim_in({record, static_cast<std::size_t>(n)}, cgroup))
      victim = std::move(*name);
  }
}

}  // namespace hythe::container
