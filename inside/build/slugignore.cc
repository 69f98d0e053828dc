// SPDX-License-Identifier: Apache-2.0
#include "inside/build/slugignore.h"

#include <fnmatch.h>

#include <filesystem>
#include <span>

#include "inside/build/console.h"
#include "inside/build/text.h"

namespace hythe::builder {
namespace {

namespace fs = std::filesystem;
using Parts = std::vector<std::string>;

Parts split(std::string_view path) {
  Parts parts;
  while (!path.empty()) {
    const auto end = std::min(path.find('/'), path.size());
    if (end > 0) parts.emplace_back(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return parts;
}

bool match(std::span<const std::string> pattern, std::span<const std::string> path) {
  for (; !pattern.empty(); pattern = pattern.subspan(1), path = path.subspan(1)) {
    if (pattern[0] == "**") {
      for (std::size_t skipped = 0; skipped <= path.size(); ++skipped)
        if (match(pattern.subspan(1), path.subspan(skipped))) return true;
      return false;
    }
    if (path.empty() || ::fnmatch(pattern[0].c_str(), path[0].c_str(), 0) != 0) return false;
  }
  return path.empty();
}

class Removal {
 public:
  Removal(const SlugIgnore& ignore, const fs::path& root) : ignore_(ignore), root_(root) {}

  void walk(const fs::path& directory) {
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(directory, none)) {
      const fs::path& path = entry.path();
      const bool is_directory = is_real_directory(path);
      if (ignore_.matches(path.lexically_relative(root_).native())) {
        ++count;
        bytes += is_directory             ? count_tree(path).bytes
                 : entry.is_symlink(none) ? 0
                                          : entry.file_size(none);
        remove_tree(path);
      } else if (is_directory) {
        walk(path);
      }
    }
  }

  std::size_t count = 0;
  std::uintmax_t bytes = 0;

 private:
  const SlugIgnore& ignore_;
  const fs::path& root_;
};

}  // namespace

SlugIgnore SlugIgnore::parse(std::string_view text) {
  SlugIgnore ignore;
  for (const std::string& line : parse_lines(text))
    if (auto parts = split(line); !parts.empty()) ignore.patterns_.push_back(std::move(parts));
  return ignore;
}

bool SlugIgnore::matches(std::string_view path) const {
  if (path == "Procfile" || path == ".profile.d" || path.starts_with(".profile.d/"))
    return false;
  const Parts parts = split(path);
  for (const Parts& pattern : patterns_)
    if (match(pattern, parts)) return true;
  return false;
}

void apply_slugignore(const Layout& layout) {
  const std::string path = layout.build_dir + "/.slugignore";
  const SlugIgnore ignore = SlugIgnore::parse(file_text(path));
  if (ignore.empty()) return;
  Removal removal(ignore, layout.build_dir);
  removal.walk(layout.build_dir);
  say_title("Applying .slugignore");
  say_detail("Removed " + std::to_string(removal.count) +
             (removal.count == 1 ? " file or directory, " : " files and directories, ") +
             std::to_string((removal.bytes + (1U << 20U) - 1) >> 20U) + " MiB");
}

}  // namespace hythe::builder
