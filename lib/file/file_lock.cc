// SPDX-License-Identifier: Apache-2.0
#include "lib/file/file_lock.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>

#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/file/atomic_file.h"

namespace hythe {
namespace {

bool is_at(int fd, const std::string& path) {
  struct stat file = {};
  struct stat named = {};
  return ::fstat(fd, &file) == 0 && ::stat(path.c_str(), &named) == 0 &&
         file.st_dev == named.st_dev && file.st_ino == named.st_ino;
}

}  // namespace

void lock_file(int fd, const char* what) {
  while (::flock(fd, LOCK_EX) != 0)
    if (errno != EINTR) throw SystemError(errno, "lock ", what);
}

UniqueFd open_locked(const std::string& path, const char* what) {
  UniqueFd file = open_file(path, O_RDWR | O_CREAT);
  lock_file(file.get(), what);
  return file;
}

std::optional<UniqueFd> open_locked_by(const std::string& path, const char* what,
                                       const Deadline& deadline) {
  constexpr int kLookAgainMs = 20;  // a lock tells nobody that it is free
  UniqueFd file = open_file(path, O_RDWR | O_CREAT);
  while (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) throw SystemError(errno, "lock ", what);
    if (deadline.has_passed()) return std::nullopt;
    (void)::poll(nullptr, 0, std::min(kLookAgainMs, deadline.left_ms()));
  }
  return file;
}

UniqueFd open_removable_lock(const std::string& path, const char* what) {
  for (;;) {
    UniqueFd file = open_locked(path, what);
    if (is_at(file.get(), path)) return file;
  }
}

void remove_lock(const std::string& path) {
  const UniqueFd file(::open(path.c_str(), O_RDWR | O_CLOEXEC));
  // Only who has it locked may remove it: two would have it else, each a file of its own.
  if (!file || ::flock(file.get(), LOCK_EX | LOCK_NB) != 0 || !is_at(file.get(), path)) return;
  remove_file(path);
}

}  // namespace hythe
