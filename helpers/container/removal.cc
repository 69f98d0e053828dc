// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/removal.h"

#include <dirent.h>
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>  // renameat2
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <string>

#include "helpers/container/file.h"

namespace hythe::container {
namespace {

/// Deeper than that, directories are first moved to the top: an app can nest them deeper
/// than there are descriptors, but never make us hold more than these.
constexpr int kMaxDepth = 64;

class Emptier {
 public:
  Emptier(int top, dev_t device) noexcept : top_(top), device_(device) {}

  void empty(int dir, int depth) {
    // Its owner may have taken away the right to do so from itself.
    (void)::fchmod(dir, 0700);
    // Opened once more, since fdopendir(3) takes what it is given for its own.
    const int listed = ::openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const std::unique_ptr<DIR, int (*)(DIR*)> entries(
        listed >= 0 ? ::fdopendir(listed) : nullptr, ::closedir);
    while (const dirent* entry = entries ? ::readdir(entries.get()) : nullptr) {
      const std::string_view name = entry->d_name;
      if (name == "." || name == "..") continue;
      if (::unlinkat(dir, entry->d_name, 0) == 0) continue;
      if (errno == EISDIR || errno == EPERM) remove_directory(dir, entry->d_name, depth);
    }
  }
  [[nodiscard]] bool has_moved_some() noexcept { return std::exchange(has_moved_, false); }

 private:
  void remove_directory(int parent, const char* name, int depth) {
    if (::unlinkat(parent, name, AT_REMOVEDIR) == 0) return;
    // unlinkat has said that it is a directory. If this fails, so will the open.
    (void)!::fchmodat(parent, name, 0700, 0);
    const UniqueFd dir = open_directory(parent, name);
    struct stat status = {};
    if (!dir || ::fstat(dir.get(), &status) != 0 || status.st_dev != device_) return;
    if (depth < kMaxDepth) {
      empty(dir.get(), depth + 1);
    } else {
      move_to_top(parent, name);
      return;
    }
    ::unlinkat(parent, name, AT_REMOVEDIR);
  }

  /// To a name that the tree does not have: the app has chosen its own.
  void move_to_top(int parent, const char* name) {
    constexpr unsigned kTries = 1'000'000;
    for (unsigned tried = 0; tried < kTries; ++tried) {
      const std::string moved = ".removal-" + std::to_string(count_++);
      if (::renameat2(parent, name, top_, moved.c_str(), RENAME_NOREPLACE) == 0) {
        has_moved_ = true;
        return;
      }
      if (errno != EEXIST) return;
    }
  }

  int top_;
  dev_t device_;
  unsigned count_ = 0;
  bool has_moved_ = false;
};

void empty(int dir) {
  struct stat status = {};
  if (::fstat(dir, &status) != 0) return;
  Emptier emptier(dir, status.st_dev);
  do emptier.empty(dir, 0);
  while (emptier.has_moved_some());
}

/// For good: no way back to root, not even by a bug of what comes after.
bool become(unsigned uid) noexcept {
  return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::setgroups(0, nullptr) == 0 &&
         ::setresgid(uid, uid, uid) == 0 && ::setresuid(uid, uid, uid) == 0 && ::setuid(0) != 0;
}

}  // namespace

bool remove_own(int dir, const char* name) {
  if (::unlinkat(dir, name, 0) == 0 || errno == ENOENT) return true;
  if (errno != EISDIR && errno != EPERM) return false;
  {
    const UniqueFd opened = open_directory(dir, name);
    if (!opened) return false;
    empty(opened.get());
  }
  return ::unlinkat(dir, name, AT_REMOVEDIR) == 0;
}

bool remove_as(Slot slot, int dir, const char* name) {
  // Root opens the top only, which is in a directory of its own, and hands it down: the
  // child needs no way through /var/lib/hythe.
  const UniqueFd top = open_directory(dir, name);
  if (!top) return errno == ENOENT;
  const pid_t child = ::fork();
  if (child < 0) return false;
  if (child == 0) {
    if (!become(slot.uid())) ::_exit(1);
    empty(top.get());
    ::_exit(0);
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return ::unlinkat(dir, name, AT_REMOVEDIR) == 0 || errno == ENOENT;
}

}  // namespace hythe::container
