// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

/// Trees of files. Nothing here follows a symbolic link, and all of it runs with the app's
/// own rights: whoever races it races himself.
namespace hythe::builder {

/// Copies contents, modes and links; throws std::filesystem::filesystem_error.
void copy_tree(const std::filesystem::path& from, const std::filesystem::path& to);

/// All regular files in it, and their bytes.
struct TreeCount {
  std::uintmax_t files = 0;
  std::uintmax_t bytes = 0;
};
[[nodiscard]] TreeCount count_tree(const std::filesystem::path& directory);

/// The bytes of a regular file; empty when there is none.
[[nodiscard]] std::string file_text(const std::filesystem::path& path);

/// Makes one, which must not exist. Throws std::system_error.
void make_directory(const std::string& path);

/// A real directory, not a link to one.
[[nodiscard]] bool is_real_directory(const std::filesystem::path& path);

/// Best effort, for what is thrown away with the build in any case.
void remove_tree(const std::filesystem::path& path);

/// A name from somebody else's directory as part of a line: control characters shown as '?'.
[[nodiscard]] std::string visible(std::string name);

}  // namespace hythe::builder
