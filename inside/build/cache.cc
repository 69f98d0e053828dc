// SPDX-License-Identifier: Apache-2.0
#include "inside/build/cache.h"

#include <filesystem>

#include "inside/build/console.h"
#include "inside/build/exit_code.h"
#include "inside/build/private_file.h"
#include "inside/build/tree.h"

namespace hythe::builder {
namespace {

namespace fs = std::filesystem;

bool has_entries(const std::string& directory) {
  std::error_code none;
  return fs::directory_iterator(directory, none) != fs::directory_iterator();
}

}  // namespace

CacheCopy CacheCopy::start(const Layout& layout, const std::string& stack) {
  CacheCopy cache;
  make_directory(layout.cache_dir);
  if (layout.last_cache.empty() || !has_entries(layout.last_cache)) return cache;
  const std::string of = file_text(Layout::stack_of(layout.last_cache));
  const bool is_of_another = !of.empty() && of != stack;
  if (is_of_another)
    say_detail("Beginning with an empty cache: the last one is of the stack '" + visible(of) +
               "'");
  cache.copy_ = RunningProgram::start(
      {.argv = {find_program("cp"), "-a", "--reflink=auto", "--",
                layout.last_cache + (is_of_another ? "/.hythe" : "/."), layout.cache_dir},
       .environment = plain_environment(),
       .directory = "/"});
  return cache;
}

void CacheCopy::finish(const Layout& layout) {
  if (!copy_) return;
  const Outcome cp = copy_->wait(0);
  copy_.reset();
  if (cp.code == 0) return;
  say_warning("the build cache cannot be copied: cp " + describe_exit(cp.code) +
              full_disk_hint(layout.cache_dir) + ", ignoring it");
  remove_tree(layout.cache_dir);
  make_directory(layout.cache_dir);
}

void mark_cache(const Layout& layout, const std::string& stack) {
  const fs::path mark = Layout::stack_of(layout.cache_dir);
  try {
    remove_tree(mark);
    fs::create_directories(mark.parent_path());
    if (is_real_directory(mark.parent_path())) write_private_file(mark, stack);
  } catch (const std::system_error&) {
    // A buildpack may have put anything in its way, and the mark is not worth a build.
  }
}

}  // namespace hythe::builder
