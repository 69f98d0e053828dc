// SPDX-License-Identifier: Apache-2.0
#include "inside/build/undeployable.h"

#include <filesystem>
#include <fstream>
#include <string_view>

#include "inside/build/failure.h"
#include "inside/build/tree.h"

namespace hythe::builder {
namespace {

namespace fs = std::filesystem;

/// Git LFS keeps its pointers below this, and starts each with these words.
constexpr std::uintmax_t kLfsPointerSize = 1024;
constexpr std::string_view kLfsPointer = "version https://git-lfs.github.com/spec/v1";

bool is_lfs_pointer(const fs::directory_entry& entry) {
  if (!fs::is_regular_file(entry.symlink_status())) return false;
  const std::uintmax_t size = entry.file_size();
  if (size < kLfsPointer.size() || size >= kLfsPointerSize) return false;
  std::string beginning(kLfsPointer.size(), '\0');
  std::ifstream(entry.path())
      .read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
  return beginning == kLfsPointer;
}

/// The first few by name, the others counted.
class Offenders {
 public:
  void add(const std::string& path) {
    if (++count_ <= kShown) names_ += (count_ > 1 ? ", '" : "'") + visible(path) + "'";
  }
  [[nodiscard]] bool any() const { return count_ > 0; }
  [[nodiscard]] std::string text() const {
    return names_ +
           (count_ > kShown ? " and " + std::to_string(count_ - kShown) + " more" : "");
  }

 private:
  static constexpr std::size_t kShown = 5;
  std::size_t count_ = 0;
  std::string names_;
};

}  // namespace

void refuse_undeployable(const std::string& directory, std::uint64_t path_length) {
  Offenders pointers;
  for (const auto& entry : fs::recursive_directory_iterator(directory)) {
    const std::string path = entry.path().string().substr(directory.size() + 1);
    if (path.size() > path_length)
      throw BuildFailure(
          "a path is " + std::to_string(path.size()) + " bytes long, the limit is " +
          std::to_string(path_length) + ": '" + visible(path) +
          "'\nshorten it, or raise it on the host: hythe limits APP path_length=…");
    if (is_lfs_pointer(entry)) pointers.add(path);
  }
  if (pointers.any())
    throw BuildFailure("Git LFS files are not fetched: " + pointers.text() +
                       "\ncommit their content instead (git lfs migrate export), or download "
                       "them in the build");
}

}  // namespace hythe::builder
