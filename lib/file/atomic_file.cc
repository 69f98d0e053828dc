// SPDX-License-Identifier: Apache-2.0
#include "lib/file/atomic_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "lib/descriptors.h"
#include "lib/errors.h"

namespace hythe {
namespace {

constexpr std::string_view kUnique = ".XXXXXX";

/// A file that has no name of its own until commit(): the destructor removes it.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& final_path) : path_(concat(final_path, kUnique)) {
    fd_.reset(::mkostemp(path_.data(), O_CLOEXEC));
    if (!fd_) throw SystemError(errno, "create '", path_, "'");
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (!committed_) ::unlink(path_.c_str());
  }
  [[nodiscard]] int fd() const { return fd_.get(); }
  void commit(const std::string& final_path) {
    if (::rename(path_.c_str(), final_path.c_str()) != 0)
      throw SystemError(errno, "rename '", path_, "' to '", final_path, "'");
    committed_ = true;
  }

 private:
  std::string path_;
  UniqueFd fd_;
  bool committed_ = false;
};

void sync(int fd, const std::string& path) {
  if (::fsync(fd) != 0) throw SystemError(errno, "sync '", path, "' to disk");
}

void sync_directory_of(const std::string& path) {
  const std::string directory = path.substr(0, path.rfind('/'));
  sync(open_file(directory, O_RDONLY | O_DIRECTORY).get(), directory);
}

}  // namespace

void replace_file(const std::string& path, std::string_view bytes, Durability durability) {
  TemporaryFile file(path);
  write_all(file.fd(), bytes);
  if (durability == Durability::survives_power_cut) sync(file.fd(), path);
  file.commit(path);
  if (durability == Durability::survives_power_cut) sync_directory_of(path);
}

void remove_file(const std::string& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT)
    throw SystemError(errno, "remove '", path, "'");
}

void remove_half_written(const std::string& path) {
  const std::filesystem::path whole(path);
  const std::string start = whole.filename().string() + ".";
  std::error_code missing;
  for (const auto& entry : std::filesystem::directory_iterator(whole.parent_path(), missing)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(start) && name.size() == start.size() - 1 + kUnique.size())
      ::unlink(entry.path().c_str());
  }
}

void rename_file(const std::string& from, const std::string& to) {
  if (::rename(from.c_str(), to.c_str()) != 0)
    throw SystemError(errno, "rename '", from, "' to '", to, "'");
  sync_directory_of(to);
}

}  // namespace hythe
