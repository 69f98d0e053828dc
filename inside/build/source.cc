// SPDX-License-Identifier: Apache-2.0
#include "inside/build/source.h"

#include <filesystem>

#include "core/project_directory.h"
#include "inside/build/console.h"
#include "inside/build/exit_code.h"
#include "inside/build/failure.h"
#include "inside/build/process.h"
#include "inside/build/tree.h"

namespace hythe::builder {
namespace {

namespace fs = std::filesystem;

/// The files of the source that choose buildpacks and are above the app, by their distance.
void keep_choices_above(const Layout& layout, fs::path directory) {
  make_directory(layout.above());
  for (int level = 1; directory != layout.build_dir; ++level) {
    directory = directory.parent_path();
    make_directory(layout.above(level));
    for (const char* file : {".buildpacks", "scalingo.json", "app.json"})
      if (fs::is_regular_file(fs::symlink_status(directory / file)))
        fs::rename(directory / file, fs::path(layout.above(level)) / file);
  }
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

void choose_project(const Layout& layout, const std::string& project) {
  const std::string_view path = project_directory(project);
  if (path.empty()) return;
  if (!is_path_below(path))
    throw BuildFailure(
        "PROJECT_DIR='" + visible(project) +
        "' is not a directory of the source\nit is a relative path without '..'");
  // Part by part: a symbolic link on the way could lead out of the source.
  fs::path directory = layout.build_dir;
  for (const auto& part : fs::path(path)) {
    directory /= part;
    if (!is_real_directory(directory))
      throw BuildFailure("there is no directory '" + visible(project) +
                         "' in the source, which PROJECT_DIR asks for");
  }
  keep_choices_above(layout, directory);
  const std::string whole = layout.build_dir + "-whole";
  fs::rename(layout.build_dir, whole);
  fs::rename(fs::path(whole) / path, layout.build_dir);
  remove_tree(whole);
}

BuildpackAddress set_aside(const Layout& layout, const std::string& buildpack) {
  const fs::path original = fs::path(layout.build_dir) / buildpack;
  const fs::path aside = layout.build_dir + "-tried";
  if (!is_real_directory(original))
    throw BuildFailure("there is no directory '" + visible(buildpack) + "' in the source");
  make_directory(aside);
  fs::rename(original, aside / original.filename());
  std::error_code none;
  if (original.parent_path() != layout.build_dir)
    fs::remove(original.parent_path(), none);  // if it was there for this only
  return {.kind = BuildpackAddress::Kind::tried,
          .location = aside / original.filename(),
          .name = original.filename()};
}

}  // namespace hythe::builder
