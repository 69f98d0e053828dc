// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/unique_fd.h"

namespace hythe::stacks {

/// Operations below a directory that is held by descriptor. None of them follows a symlink
/// that leads out of it.

/// openat2(2) that meets no symlink at all on the way, nor as the last component.
[[nodiscard]] UniqueFd open_beneath(int root, const std::string& path, int flags);
/// The same with the directory as the root of whatever symlinks are on the way.
[[nodiscard]] UniqueFd open_in_root(int root, const std::string& path, int flags);

/// Removes `name` in `dir`, a whole tree if it is one; no other file system is entered. Throws
/// SystemError; nothing when there is none.
void remove_tree(int dir, const std::string& name);

/// All but "." and "..".
[[nodiscard]] std::vector<std::string> names_in(int dir);

/// A new file in the place of whatever has the name.
void replace_with_file(int dir, const std::string& name, std::string_view text, unsigned mode);

/// "a//b/." is {"a", "b", "."}.
[[nodiscard]] std::vector<std::string> components(std::string_view path);

}  // namespace hythe::stacks
