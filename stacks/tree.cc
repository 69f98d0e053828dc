// SPDX-License-Identifier: Apache-2.0
#include "stacks/tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>

#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/printable.h"

namespace hythe::stacks {
namespace {

UniqueFd open_by(int root, const std::string& path, int flags, unsigned resolve) {
  open_how how{};
  how.flags = static_cast<unsigned>(flags | O_CLOEXEC);
  how.resolve = resolve | RESOLVE_NO_MAGICLINKS;
  const char* name = path.empty() ? "." : path.c_str();
  return UniqueFd(static_cast<int>(::syscall(SYS_openat2, root, name, &how, sizeof how)));
}

void empty(int dir, dev_t device) {
  for (const std::string& name : names_in(dir)) {
    if (::unlinkat(dir, name.c_str(), 0) == 0) continue;
    if (errno != EISDIR && errno != EPERM)
      throw SystemError(errno, "remove '", printable(name), "'");
    {
      const UniqueFd inside(
          ::openat(dir, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
      struct stat status = {};
      if (!inside || ::fstat(inside.get(), &status) != 0)
        throw SystemError(errno, "open '", printable(name), "'");
      if (status.st_dev != device) throw SystemError(EXDEV, "remove '", printable(name), "'");
      empty(inside.get(), device);
    }
    if (::unlinkat(dir, name.c_str(), AT_REMOVEDIR) != 0)
      throw SystemError(errno, "remove '", printable(name), "'");
  }
}

}  // namespace

UniqueFd open_beneath(int root, const std::string& path, int flags) {
  return open_by(root, path, flags, RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV);
}

UniqueFd open_in_root(int root, const std::string& path, int flags) {
  return open_by(root, path, flags, RESOLVE_IN_ROOT | RESOLVE_NO_XDEV);
}

void remove_tree(int dir, const std::string& name) {
  if (::unlinkat(dir, name.c_str(), 0) == 0 || errno == ENOENT) return;
  if (errno != EISDIR && errno != EPERM)
    throw SystemError(errno, "remove '", printable(name), "'");
  {
    const UniqueFd top(
        ::openat(dir, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    struct stat status = {};
    if (!top || ::fstat(top.get(), &status) != 0)
      throw SystemError(errno, "open '", printable(name), "'");
    empty(top.get(), status.st_dev);
  }
  if (::unlinkat(dir, name.c_str(), AT_REMOVEDIR) != 0)
    throw SystemError(errno, "remove '", printable(name), "'");
}

std::vector<std::string> names_in(int dir) {
  // Opened once more, since fdopendir(3) takes what it is given for its own.
  const int listed = ::openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(listed >= 0 ? ::fdopendir(listed) : nullptr,
                                                    ::closedir);
  if (!entries) throw SystemError(errno, "list a directory");
  std::vector<std::string> names;
  while (const dirent* entry = ::readdir(entries.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  return names;
}

void replace_with_file(int dir, const std::string& name, std::string_view text, unsigned mode) {
  remove_tree(dir, name);
  const UniqueFd file(
      ::openat(dir, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file) throw SystemError(errno, "make '", printable(name), "'");
  write_all(file.get(), text);
  if (::fchmod(file.get(), mode) != 0)
    throw SystemError(errno, "set the mode of '", printable(name), "'");
}

std::vector<std::string> components(std::string_view path) {
  std::vector<std::string> out;
  while (!path.empty()) {
    const auto end = std::min(path.find('/'), path.size());
    if (end != 0) out.emplace_back(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return out;
}

}  // namespace hythe::stacks
