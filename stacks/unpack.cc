// SPDX-License-Identifier: Apache-2.0
#include "stacks/unpack.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <deque>

#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/printable.h"
#include "stacks/tree.h"

namespace hythe::stacks {
namespace {

constexpr std::string_view kWhiteout = ".wh.";
constexpr std::string_view kOpaque = ".wh..wh..opq";
constexpr std::string_view kReserved = ".wh..wh.";  // aufs' own, of old images
constexpr int kMaxLinks = 40;                       // as the kernel

[[noreturn]] void refuse(const std::string& path, const std::string& what) {
  throw PushError(concat("the archive is refused: '", printable(path), "' ", what));
}

std::string join(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : "/") + part;
  return out;
}

/// What is left of a mode: nobody but root, who owns it, may ever write.
unsigned permissions(unsigned mode, unsigned at_least) {
  return (mode & 0755U) | at_least;
}

std::string link_at(int fd, const std::string& path) {
  std::string target(PATH_MAX, '\0');
  const ssize_t length = ::readlinkat(fd, "", target.data(), target.size());
  if (length < 0) throw SystemError(errno, "read the link '", printable(path), "'");
  target.resize(static_cast<std::size_t>(length));
  return target;
}

bool is_whiteout(const std::vector<std::string>& path) {
  return !path.empty() && path.back().starts_with(kWhiteout);
}

}  // namespace

std::vector<std::string> member_path(const std::string& name) {
  if (name.empty()) refuse(name, "has no name");
  if (name.size() > Limits::kPath) refuse(name.substr(0, 60), "has too long a name");
  if (name.front() == '/') refuse(name, "is an absolute path");
  std::vector<std::string> parts = components(name);
  std::erase(parts, ".");
  if (std::find(parts.begin(), parts.end(), "..") != parts.end())
    refuse(name, "leads out of its directory");
  if (parts.size() > Limits::kDepth) refuse(name, "is too deep");
  for (const std::string& part : parts)
    if (part.size() > NAME_MAX) refuse(part.substr(0, 60), "has too long a name");
  return parts;
}

UniqueFd Unpacker::enter(const std::vector<std::string>& parts, Missing missing) {
  if (UniqueFd straight = open_beneath(root_, join(parts), O_RDONLY | O_DIRECTORY))
    return straight;
  // Something is missing, or is a link. What has been walked so far, `real`, never has one.
  std::vector<std::string> real;
  std::deque<std::string> rest(parts.begin(), parts.end());
  for (int links = 0; !rest.empty();) {
    const std::string name = rest.front();
    rest.pop_front();
    if (name == ".") continue;
    if (name == "..") {
      if (!real.empty()) real.pop_back();  // the root is its own parent
      continue;
    }
    real.push_back(name);
    const std::string path = join(real);
    if (real.size() > Limits::kDepth) refuse(path, "is too deep");
    const UniqueFd found = open_beneath(root_, path, O_PATH | O_NOFOLLOW);
    struct stat status = {};
    if (!found && errno == ENOENT) {
      if (missing == Missing::leave) return {};
      if (::mkdirat(root_, path.c_str(), 0755) != 0 ||
          ::fchmodat(root_, path.c_str(), 0755, 0) != 0)
        throw SystemError(errno, "make '", printable(path), "'");
      continue;
    }
    if (!found || ::fstat(found.get(), &status) != 0)
      throw SystemError(errno, "look at '", printable(path), "'");
    if (S_ISDIR(status.st_mode)) continue;
    if (!S_ISLNK(status.st_mode)) refuse(join(parts), "goes through a file");
    if (++links > kMaxLinks) refuse(join(parts), "goes through too many links");
    const std::string target = link_at(found.get(), path);
    real.pop_back();
    if (target.starts_with('/')) real.clear();
    const auto next = components(target);
    rest.insert(rest.begin(), next.begin(), next.end());
  }
  UniqueFd entered = open_beneath(root_, join(real), O_RDONLY | O_DIRECTORY);
  if (!entered) throw SystemError(errno, "open '", printable(join(real)), "'");
  return entered;
}

void Unpacker::count(const ArchiveMember& member) {
  if (++result_.entries > limits_.entries)
    throw PushError(
        concat("the archive is refused: it has more than ", limits_.entries, " entries"));
  if (member.kind == ArchiveMember::Kind::file && member.size > limits_.size - result_.size)
    throw PushError(concat("the archive is refused: its files are more than ",
                           limits_.size >> 20U, " MiB"));
}

void Unpacker::take_away(int archive) {
  ArchiveReader reader(archive);
  while (const auto member = reader.next()) {
    count({.path = member->path});
    auto path = member_path(member->path);
    if (!is_whiteout(path)) continue;
    const std::string name = path.back();
    path.pop_back();
    const std::string hidden = name.substr(kWhiteout.size());
    if (hidden.empty() || hidden == "." || hidden == "..")
      refuse(member->path, "hides nothing");
    if (name.starts_with(kReserved) && name != kOpaque) continue;
    const UniqueFd dir = enter(path, Missing::leave);
    if (!dir) continue;
    if (name != kOpaque) {
      remove_tree(dir.get(), hidden);
      continue;
    }
    for (const std::string& lower : names_in(dir.get())) remove_tree(dir.get(), lower);
  }
}

void Unpacker::add(int archive) {
  ArchiveReader reader(archive);
  while (const auto member = reader.next()) {
    count(*member);
    add_member(*member, reader);
  }
}

void Unpacker::add_member(const ArchiveMember& member, ArchiveReader& archive) {
  auto path = member_path(member.path);
  if (path.empty() || is_whiteout(path)) return;
  if (member.kind == ArchiveMember::Kind::other) {
    ++result_.left_out;
    return;
  }
  const std::string name = path.back();
  path.pop_back();
  const UniqueFd dir = enter(path, Missing::make);
  switch (member.kind) {
    case ArchiveMember::Kind::directory:
      return add_directory(dir.get(), name, member);
    case ArchiveMember::Kind::file:
      return add_file(dir.get(), name, member, archive);
    case ArchiveMember::Kind::hard_link:
      return add_hard_link(dir.get(), name, member);
    case ArchiveMember::Kind::symlink:
      if (member.target.empty() || member.target.size() >= PATH_MAX)
        refuse(member.path, "is a link to nothing");
      remove_tree(dir.get(), name);
      if (::symlinkat(member.target.c_str(), dir.get(), name.c_str()) != 0)
        throw SystemError(errno, "make the link '", printable(member.path), "'");
      return;
    case ArchiveMember::Kind::other:
      return;
  }
}

void Unpacker::add_directory(int dir, const std::string& name, const ArchiveMember& member) {
  struct stat status = {};
  const bool is_there = ::fstatat(dir, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
                        S_ISDIR(status.st_mode);
  if (!is_there) {
    remove_tree(dir, name);
    if (::mkdirat(dir, name.c_str(), 0700) != 0)
      throw SystemError(errno, "make '", printable(member.path), "'");
  }
  // No link is followed: it is a directory, and nobody else is here to change that.
  if (::fchmodat(dir, name.c_str(), permissions(member.mode, 0700), 0) != 0)
    throw SystemError(errno, "set the mode of '", printable(member.path), "'");
}

void Unpacker::add_file(int dir, const std::string& name, const ArchiveMember& member,
                        ArchiveReader& archive) {
  remove_tree(dir, name);
  const UniqueFd file(
      ::openat(dir, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file) throw SystemError(errno, "make '", printable(member.path), "'");
  char buffer[65536];
  while (const std::size_t got = archive.read(buffer)) {
    // Counted as it comes: what was announced may be a lie.
    if (got > limits_.size - result_.size)
      count({.kind = member.kind, .path = {}, .size = got});
    result_.size += got;
    write_all(file.get(), {buffer, got});
  }
  const timespec times[2] = {
      {.tv_sec = 0, .tv_nsec = UTIME_OMIT},
      {.tv_sec = std::max<std::int64_t>(member.modified, 0), .tv_nsec = 0}};
  if (::fchmod(file.get(), permissions(member.mode, 0400)) != 0 ||
      ::futimens(file.get(), times) != 0)
    throw SystemError(errno, "set the mode of '", printable(member.path), "'");
}

void Unpacker::add_hard_link(int dir, const std::string& name, const ArchiveMember& member) {
  auto path = member_path(member.target);
  if (path.empty()) refuse(member.path, "is a hard link to a directory");
  const std::string other = path.back();
  path.pop_back();
  const UniqueFd from = enter(path, Missing::leave);
  struct stat status = {};
  struct stat there = {};
  if (!from || ::fstatat(from.get(), other.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
    refuse(member.path, "is a hard link to what is not in it");
  if (S_ISDIR(status.st_mode)) refuse(member.path, "is a hard link to a directory");
  // To itself: the name must not be removed.
  if (::fstatat(dir, name.c_str(), &there, AT_SYMLINK_NOFOLLOW) == 0 &&
      there.st_ino == status.st_ino && there.st_dev == status.st_dev)
    return;
  remove_tree(dir, name);
  if (::linkat(from.get(), other.c_str(), dir, name.c_str(), 0) != 0)
    throw SystemError(errno, "link '", printable(member.path), "'");
}

}  // namespace hythe::stacks
