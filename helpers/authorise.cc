// SPDX-License-Identifier: Apache-2.0
#include "helpers/authorise.h"

#include <sys/stat.h>
#include <unistd.h>

#include <optional>
#include <string_view>

#include "core/paths.h"
#include "helpers/die.h"

namespace hythe::root {
namespace {

/// Who owns the repositories: the one user, beside root, whom the helpers serve.
std::optional<uid_t> owner_of_repos() noexcept {
  struct stat parent {};
  if (::lstat(paths::kState, &parent) != 0) return std::nullopt;
  // Only root can have named something in it then.
  if (!S_ISDIR(parent.st_mode) || parent.st_uid != 0 || (parent.st_mode & 022) != 0)
    die(EX_CONFIG, "'", paths::kState, "' must be a directory that only root can write");
  struct stat repos {};
  if (::lstat(paths::kRepos, &repos) != 0) return std::nullopt;
  if (!S_ISDIR(repos.st_mode) || (repos.st_mode & 022) != 0)
    die(EX_CONFIG, "'", paths::kRepos, "' must be a directory that only its owner can write");
  return repos.st_uid;
}

}  // namespace

void authorise(uid_t caller) noexcept {
  if (caller == 0) return;
  if (owner_of_repos() != caller) deny("only root and hythe's own user may call this");
}

void require_place(const char* path) noexcept {
  char target[256];
  const ssize_t length = ::readlink("/proc/self/exe", target, sizeof target);
  if (length < 0) die_errno("read /proc/self/exe");
  if (std::string_view(target, static_cast<std::size_t>(length)) != path)
    die(EX_CONFIG, "must be run as '", path, "'");
}

}  // namespace hythe::root
