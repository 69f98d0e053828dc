// SPDX-License-Identifier: Apache-2.0
#include "inside/build/tree.h"

#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <system_error>

#include "inside/build/failure.h"

namespace hythe::builder {

namespace fs = std::filesystem;

void copy_tree(const fs::path& from, const fs::path& to) {
  fs::copy(from, to, fs::copy_options::recursive | fs::copy_options::copy_symlinks);
}

TreeCount count_tree(const fs::path& directory) {
  TreeCount count;
  std::error_code ignored;  // what cannot be read is not counted
  auto entry = fs::recursive_directory_iterator(
      directory, fs::directory_options::skip_permission_denied, ignored);
  for (; entry != fs::recursive_directory_iterator(); entry.increment(ignored)) {
    if (ignored || !entry->is_regular_file(ignored) || entry->is_symlink(ignored)) continue;
    const std::uintmax_t bytes = entry->file_size(ignored);
    ++count.files;
    if (!ignored) count.bytes += bytes;
  }
  return count;
}

std::string file_text(const fs::path& path) {
  std::ostringstream text;
  std::error_code ignored;
  if (fs::is_regular_file(path, ignored)) text << std::ifstream(path).rdbuf();
  return text.str();
}

void make_directory(const std::string& path) {
  if (::mkdir(path.c_str(), 0755) != 0) throw_errno("make '" + path + "'");
}

bool is_real_directory(const fs::path& path) {
  std::error_code ignored;
  return fs::symlink_status(path, ignored).type() == fs::file_type::directory;
}

void remove_tree(const fs::path& path) {
  std::error_code ignored;
  fs::remove_all(path, ignored);
}

std::string visible(std::string name) {
  std::replace_if(
      name.begin(), name.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7F'; }, '?');
  return name;
}

}  // namespace hythe::builder
