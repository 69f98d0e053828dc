// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lib/git/oid.h"

namespace hythe {

/// What a source may be at most; the numbers themselves are allowed.
struct SourceLimits {
  std::uint64_t bytes;
  std::size_t files;  // and as many directories
  std::size_t path_length;
};

/// A commit of another repository that belongs into the source.
struct Submodule {
  Oid commit;
  std::string path;  // raw bytes, below the root
};

/// The files that are to be built. Having one is proof that they can be deployed as they are:
/// within the limits, each at a path of its own below the root.
class Source {
 public:
  Source() = default;
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;
  Source(Source&&) = default;
  Source& operator=(Source&&) = default;
  virtual ~Source() = default;

  /// Their files are not in the tar: whoever unpacks it fetches them.
  [[nodiscard]] virtual const std::vector<Submodule>& submodules() const noexcept = 0;

  /// Streams a tar of the files to `fd`, which becomes non-blocking (see TarWriter, also for
  /// `cancel_fd`). Directories are implied.
  virtual void write_tar(int fd, int cancel_fd = -1) const = 0;
};

/// Git LFS's stand-in for a file, which nobody fetches here: by its size, and then its bytes.
[[nodiscard]] bool could_be_lfs_pointer(std::uint64_t size);
[[nodiscard]] bool is_lfs_pointer(std::string_view bytes);

/// The paths of what cannot be deployed: the first five by name, the others counted.
class Offenders {
 public:
  void add(std::string_view path);
  [[nodiscard]] bool any() const { return count_ > 0; }
  [[nodiscard]] std::string text() const;

 private:
  static constexpr std::size_t kShown = 5;
  std::size_t count_ = 0;
  std::string names_{};
};

// What is said of any source, whatever it came as; each throws PushError.
void refuse_lfs_pointers(const Offenders& pointers);
void refuse_larger_than(std::uint64_t limit, std::uint64_t bytes);

}  // namespace hythe
