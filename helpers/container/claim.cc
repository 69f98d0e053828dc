// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/claim.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/paths.h"
#include "helpers/container/file.h"
#include "helpers/container/removal.h"

namespace hythe::container {
namespace {

constexpr const char* kLock = "lock";
/// Others come and go at most a few times between two calls of ours.
constexpr int kTries = 100;

struct flock whole_file() noexcept {
  struct flock lock = {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  return lock;
}

/// 0 when nobody holds it.
pid_t ask_holder(int file) noexcept {
  struct flock lock = whole_file();
  return ::fcntl(file, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK ? lock.l_pid : 0;
}

UniqueFd open_containers(gid_t group) {
  ::mkdir(paths::kRun, 0755);
  const bool is_new = ::mkdir(paths::kContainers, 0750) == 0;
  UniqueFd containers = open_directory(AT_FDCWD, paths::kContainers);
  // Root's directory in root's directory: whose name it is opened by cannot have changed.
  if (is_new && containers &&
      (::fchown(containers.get(), 0, group) != 0 || ::fchmod(containers.get(), 0750) != 0))
    containers.reset();
  return containers;
}

}  // namespace

gid_t reader_group() {
  struct stat status = {};
  return ::stat(paths::kLogs, &status) == 0 ? status.st_gid : 0;
}

std::optional<Claim> Claim::take(const ContainerId& id) {
  const gid_t group = reader_group();
  const UniqueFd containers = open_containers(group);
  if (!containers) return std::nullopt;
  const std::string name = id.text();
  for (int i = 0; i < kTries; ++i) {
    ::mkdirat(containers.get(), name.c_str(), 0700);
    UniqueFd directory = open_directory(containers.get(), name.c_str());
    if (!directory) {
      if (errno == ENOENT) continue;  // its last holder has just removed it
      return std::nullopt;
    }
    UniqueFd lock(
        ::openat(directory.get(), kLock, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!lock) {
      if (errno == ENOENT) continue;
      return std::nullopt;
    }
    struct flock whole = whole_file();
    if (::fcntl(lock.get(), F_SETLK, &whole) != 0) return std::nullopt;
    // It may be the lock of a directory that was removed between the open and the lock.
    struct stat status = {};
    if (::fstat(lock.get(), &status) != 0) return std::nullopt;
    if (status.st_nlink == 0) continue;
    if (::fchown(directory.get(), 0, group) != 0 || ::fchmod(directory.get(), 0750) != 0)
      return std::nullopt;
    return Claim(id, std::move(directory), std::move(lock), group);
  }
  return std::nullopt;
}

Claim::~Claim() {
  if (!directory_) return;  // moved from
  const UniqueFd containers = open_directory(AT_FDCWD, paths::kContainers);
  // The lock goes with the rest: who has it open already finds it without a name, above.
  if (containers) remove_own(containers.get(), id_.text().c_str());
}

UniqueFd holder_of(const ContainerId& id) {
  const std::string path = directory_of(id) + "/" + kLock;
  const UniqueFd lock(::open(path.c_str(), O_RDWR | O_NOFOLLOW | O_CLOEXEC));
  if (!lock) return {};
  for (int i = 0; i < kTries; ++i) {
    const pid_t pid = ask_holder(lock.get());
    if (pid <= 0) return {};
    UniqueFd holder(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0U)));
    // Still the same one: then the number was not reused before it was pinned.
    if (holder && ask_holder(lock.get()) == pid) return holder;
  }
  return {};
}

}  // namespace hythe::container
