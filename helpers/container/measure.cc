// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/measure.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <memory>
#include <string_view>

#include "helpers/container/file.h"

namespace hythe::container {
namespace {

constexpr int kMaxDepth = 256;  // and as many descriptors
constexpr std::uint64_t kMaxEntries = 20'000'000;

class Measuring {
 public:
  explicit Measuring(dev_t device) noexcept : device_(device) {}

  /// False when it has to give up.
  [[nodiscard]] bool add(int dir, int depth) {
    // Opened once more, since fdopendir(3) takes what it is given for its own.
    const int listed = ::openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const std::unique_ptr<DIR, int (*)(DIR*)> entries(
        listed >= 0 ? ::fdopendir(listed) : nullptr, ::closedir);
    if (!entries || depth == kMaxDepth) return false;
    for (errno = 0; const dirent* entry = ::readdir(entries.get()); errno = 0) {
      const std::string_view name = entry->d_name;
      if (name != "." && name != ".." && !add_entry(dir, entry->d_name, depth)) return false;
    }
    return errno == 0;
  }
  [[nodiscard]] std::uint64_t bytes() const noexcept { return bytes_; }

 private:
  [[nodiscard]] bool add_entry(int dir, const char* name, int depth) {
    struct stat status = {};
    if (++entries_ > kMaxEntries || ::fstatat(dir, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
      return false;
    if (S_ISREG(status.st_mode)) {
      const auto size = static_cast<std::uint64_t>(status.st_size);
      if (size > kImmeasurable - bytes_) return false;
      bytes_ += size;
    }
    if (!S_ISDIR(status.st_mode) || status.st_dev != device_) return true;
    const UniqueFd inner = open_directory(dir, name);
    return inner && add(inner.get(), depth + 1);
  }

  dev_t device_;
  std::uint64_t entries_ = 0;
  std::uint64_t bytes_ = 0;
};

}  // namespace

std::uint64_t measure(int dir, const char* name) {
  const UniqueFd top = open_directory(dir, name);
  struct stat status = {};
  // A link, or nothing, is no tree: it has no bytes, and is released by nobody.
  if (!top) return 0;
  if (::fstat(top.get(), &status) != 0) return kImmeasurable;
  Measuring measuring(status.st_dev);
  return measuring.add(top.get(), 0) ? measuring.bytes() : kImmeasurable;
}

}  // namespace hythe::container
