// SPDX-License-Identifier: Apache-2.0
#include "helpers/directory.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdio>

#include "helpers/die.h"
#include "helpers/text.h"

namespace hythe::root {
namespace {

constexpr unsigned kNoSymlinks = RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
constexpr unsigned kBeneath = kNoSymlinks | RESOLVE_BENEATH | RESOLVE_NO_XDEV;

/// openat2(2), which glibc 2.36 does not wrap. The kernel refuses every symlink on the way,
/// so there is no moment between a check and its use.
UniqueFd open_at(int dir, const char* path, int flags, mode_t mode, unsigned resolve) noexcept {
  open_how how{};
  how.flags = static_cast<unsigned>(flags | O_CLOEXEC);
  how.mode = mode;
  how.resolve = resolve;
  return UniqueFd(static_cast<int>(::syscall(SYS_openat2, dir, path, &how, sizeof how)));
}

void write_all(int fd, std::string_view bytes, const char* name) noexcept {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) die_errno("write '", name, "'");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

Directory Directory::verified(UniqueFd fd, const char* name) noexcept {
  struct stat found {};
  if (::fstat(fd.get(), &found) != 0) die_errno("look at '", name, "'");
  if (!S_ISDIR(found.st_mode) || found.st_uid != 0 || (found.st_mode & 022) != 0)
    die(EX_CONFIG, "'", name, "' must be a directory that only root can write");
  return Directory(std::move(fd));
}

Directory Directory::open(const char* path) noexcept {
  UniqueFd fd = open_at(AT_FDCWD, path, O_RDONLY | O_DIRECTORY, 0, kNoSymlinks);
  if (!fd) die_errno("open '", path, "'");
  return verified(std::move(fd), path);
}

Directory Directory::make(const char* path, mode_t mode) noexcept {
  // The parents belong to root, so the name is ours or root's own. umask is 077: chmod by
  // descriptor gives it the mode that was asked for.
  const bool is_new = ::mkdir(path, 0700) == 0;
  if (!is_new && errno != EEXIST) die_errno("make '", path, "'");
  Directory directory = open(path);
  if (is_new && ::fchmod(directory.fd(), mode) != 0) die_errno("set the mode of '", path, "'");
  return directory;
}

Directory Directory::make_inside(const char* name, mode_t mode) const noexcept {
  const bool is_new = ::mkdirat(fd(), name, 0700) == 0;
  if (!is_new && errno != EEXIST) die_errno("make '", name, "'");
  std::optional<Directory> directory = find(name);
  if (!directory) die(EX_CONFIG, "'", name, "' went away");
  if (is_new && ::fchmod(directory->fd(), mode) != 0) die_errno("set the mode of '", name, "'");
  return std::move(*directory);
}

std::optional<Directory> Directory::find(const char* name) const noexcept {
  UniqueFd inside = open_at(fd(), name, O_RDONLY | O_DIRECTORY, 0, kBeneath);
  if (!inside && errno == ENOENT) return std::nullopt;
  if (!inside) die_errno("open '", name, "'");
  return verified(std::move(inside), name);
}

std::optional<std::string_view> Directory::read(const char* name,
                                                std::span<char> memory) const noexcept {
  // O_NONBLOCK: a FIFO in the file's place must not make us wait for its writer.
  const UniqueFd file = open_at(fd(), name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0, kBeneath);
  if (!file && errno == ENOENT) return std::nullopt;
  if (!file) die_errno("open '", name, "'");
  struct stat found {};
  if (::fstat(file.get(), &found) != 0) die_errno("look at '", name, "'");
  if (!S_ISREG(found.st_mode) || found.st_uid != 0 || found.st_nlink > 1 ||
      (found.st_mode & 022) != 0)
    die(EX_CONFIG, "'", name, "' is not a file of root's alone");

  std::size_t length = 0;
  while (length < memory.size()) {
    const ssize_t got = ::read(file.get(), memory.data() + length, memory.size() - length);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) die_errno("read '", name, "'");
    if (got == 0) return std::string_view(memory.data(), length);
    length += static_cast<std::size_t>(got);
  }
  die(EX_CONFIG, "'", name, "' is too long");
}

void Directory::replace(const char* name, mode_t mode, std::string_view bytes) const noexcept {
  // Only root can write here, and writers of one name hold one lock: a file of this name is
  // what a killed process left.
  const PathText temporary(".", name, ".new");
  if (::unlinkat(fd(), temporary.c_str(), 0) != 0 && errno != ENOENT)
    die_errno("remove '", temporary.view(), "'");
  {
    const UniqueFd file =
        open_at(fd(), temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL, 0600, kBeneath);
    if (!file) die_errno("create '", name, "'");
    // The group is root's even where a setgid directory would give another one.
    if (::fchown(file.get(), 0, 0) != 0 || ::fchmod(file.get(), mode) != 0)
      die_errno("set owner and mode of '", name, "'");
    write_all(file.get(), bytes, name);
    if (::fsync(file.get()) != 0) die_errno("write '", name, "' to disk");
  }
  rename(temporary.c_str(), name);
  sync();
}

void Directory::rename(const char* from, const char* to) const noexcept {
  if (::renameat(fd(), from, fd(), to) != 0) die_errno("rename '", from, "'");
}

bool Directory::remove(const char* name) const noexcept {
  if (::unlinkat(fd(), name, 0) == 0) return true;
  if (errno != ENOENT) die_errno("remove '", name, "'");
  return false;
}

std::optional<off_t> Directory::size(const char* name) const noexcept {
  struct stat found {};
  if (::fstatat(fd(), name, &found, AT_SYMLINK_NOFOLLOW) == 0) return found.st_size;
  if (errno != ENOENT) die_errno("look for '", name, "'");
  return std::nullopt;
}

void Directory::touch(const char* name) const noexcept {
  const UniqueFd file = open_at(fd(), name, O_WRONLY | O_CREAT | O_NOFOLLOW, 0600, kBeneath);
  if (!file) die_errno("create '", name, "'");
}

void Directory::sync() const noexcept {
  if (::fsync(fd()) != 0) die_errno("write a directory to disk");
}

Directory::Listing::Listing(const Directory& directory) noexcept
    // An own description: the read position of the directory's is shared by all its users.
    : fd_(open_at(directory.fd(), ".", O_RDONLY | O_DIRECTORY, 0, kBeneath)) {
  if (!fd_) die_errno("list a directory");
}

const char* Directory::Listing::next() noexcept {
  for (;;) {
    if (position_ == length_) {
      length_ = ::getdents64(fd_.get(), entries_, sizeof entries_);
      if (length_ < 0) die_errno("list a directory");
      if (length_ == 0) return nullptr;
      position_ = 0;
    }
    const auto* entry = reinterpret_cast<const dirent64*>(entries_ + position_);
    position_ += entry->d_reclen;
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") return entry->d_name;
  }
}

}  // namespace hythe::root
