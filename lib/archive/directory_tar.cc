// SPDX-License-Identifier: Apache-2.0
#include "lib/archive/directory_tar.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <filesystem>

#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/printable.h"

namespace hythe {
namespace {

namespace fs = std::filesystem;

void add_file(TarWriter& tar, const std::string& path, const std::string& member) {
  const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  struct stat status = {};
  if (!file || ::fstat(file.get(), &status) != 0)
    throw PushError(concat("cannot read '", printable(path), "' as user hythe",
                           "\ngive it as a tar: tar -c -C DIR . | hythe build --dry -"));
  const bool is_executable = (status.st_mode & S_IXUSR) != 0;
  tar.begin({.kind = is_executable ? TarMember::Kind::executable : TarMember::Kind::file,
             .path = member,
             .size = static_cast<std::uint64_t>(status.st_size),
             .modified = status.st_mtime});
  // As many bytes as were announced: a file that grows meanwhile is cut off.
  auto left = static_cast<std::uint64_t>(status.st_size);
  for (std::string bytes; left > 0 && read_some(file.get(), bytes); bytes.clear()) {
    bytes.resize(std::min<std::uint64_t>(bytes.size(), left));
    tar.write(bytes);
    left -= bytes.size();
  }
}

}  // namespace

void add_directory(TarWriter& tar, const std::string& directory, const std::string& prefix) {
  std::error_code problem;
  auto entry = fs::recursive_directory_iterator(directory, problem);
  for (; !problem && entry != fs::recursive_directory_iterator(); entry.increment(problem)) {
    const std::string name = entry->path().lexically_relative(directory).native();
    if (entry.depth() == 0 && name == ".git") {
      entry.disable_recursion_pending();
    } else if (entry->is_symlink()) {
      tar.begin({.kind = TarMember::Kind::symlink,
                 .path = prefix + name,
                 .target = fs::read_symlink(entry->path())});
    } else if (entry->is_directory()) {
      tar.begin({.kind = TarMember::Kind::directory, .path = prefix + name});
    } else if (entry->is_regular_file()) {
      add_file(tar, entry->path(), prefix + name);
    }
  }
  if (problem)
    throw PushError(concat("cannot read '", printable(directory),
                           "' as user hythe: ", problem.message(),
                           "\ngive it as a tar: tar -c -C DIR . | hythe build --dry -"));
}

}  // namespace hythe
