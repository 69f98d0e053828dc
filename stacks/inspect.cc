// SPDX-License-Identifier: Apache-2.0
#include "stacks/inspect.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>

#include "lib/errors.h"
#include "lib/printable.h"
#include "stacks/tree.h"
#include "stacks/unpack.h"

namespace hythe::stacks {
namespace {

bool is_harmless(const struct stat& status) {
  if (status.st_uid != 0 || status.st_gid != 0) return false;
  if (S_ISLNK(status.st_mode)) return true;
  return (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode)) && (status.st_mode & 07022U) == 0;
}

/// It looks and opens directories, and does nothing else: no link is followed, no file opened.
void inspect(int dir, std::size_t depth) {
  if (depth > Limits::kDepth + 1) throw PushError("the archive is refused: it is too deep");
  for (const std::string& name : names_in(dir)) {
    struct stat status = {};
    if (::fstatat(dir, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
      throw SystemError(errno, "look at '", printable(name), "'");
    if (!is_harmless(status))
      throw PushError(concat("the archive is refused: '", printable(name),
                             "' was not made as it should be"));
    if (!S_ISDIR(status.st_mode)) continue;
    const UniqueFd inside = open_beneath(dir, name, O_RDONLY | O_DIRECTORY);
    if (!inside) throw SystemError(errno, "open '", printable(name), "'");
    inspect(inside.get(), depth + 1);
  }
}

}  // namespace

void require_harmless(int tree) {
  inspect(tree, 0);
}

}  // namespace hythe::stacks
