// SPDX-License-Identifier: Apache-2.0
#include "inside/build/source.h"

#include <sys/stat.h>

#include <cerrno>
#include <filesystem>

#include "inside/build/console.h"
#include "inside/build/exit_code.h"
#include "inside/build/failure.h"
#include "inside/build/tree.h"

namespace hythe::builder {
namespace {

namespace fs = std::filesystem;

/// For the stack's own programs: nothing of the app's.
const Variables& plain_environment() {
  static const Variables variables = {{"PATH", "/usr/bin:/bin"}, {"LC_ALL", "C.UTF-8"}};
  return variables;
}

void make_directory(const std::string& path) {
  if (::mkdir(path.c_str(), 0755) != 0) throw_errno("make '" + path + "'");
}

bool has_entries(const std::string& directory) {
  std::error_code none;
  return fs::directory_iterator(directory, none) != fs::directory_iterator();
}

}  // namespace

void unpack_source(const Layout& layout) {
  make_directory(layout.build_dir);
  const Outcome tar = run({.argv = {find_program("tar"), "-x", "--no-same-owner", "-f", "-",
                                    "-C", layout.build_dir},
                           .environment = plain_environment(),
                           .directory = "/",
                           .reads_our_stdin = true});
  if (tar.code != 0)
    throw BuildFailure("the source cannot be unpacked: tar " + describe_exit(tar.code) +
                           full_disk_hint(layout.build_dir),
                       tar.code);
}

CacheCopy CacheCopy::start(const Layout& layout) {
  CacheCopy cache;
  make_directory(layout.cache_dir);
  if (!has_entries(layout.last_cache)) return cache;
  cache.copy_ =
      RunningProgram::start({.argv = {find_program("cp"), "-a", "--reflink=auto", "--",
                                      layout.last_cache + "/.", layout.cache_dir},
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

}  // namespace hythe::builder
