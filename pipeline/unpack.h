// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "lib/git_repository.h"

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

/// The files of one commit, none of them read yet. Having one is proof that they can be
/// deployed as they are: within the limits, each at a path of its own below the root, all
/// content in this repository but that of its submodules.
class SourceTree {
 public:
  [[nodiscard]] std::uint64_t bytes() const noexcept { return bytes_; }
  [[nodiscard]] std::size_t files() const noexcept { return entries_.size(); }

  /// Their files are not in the tar: whoever unpacks it fetches them.
  [[nodiscard]] const std::vector<Submodule>& submodules() const noexcept {
    return submodules_;
  }

  /// Streams a tar of the files to `fd`, which becomes non-blocking (see TarWriter, also
  /// for `cancel_fd`). Every file has exactly the bytes of its blob: attributes are never
  /// consulted, no filter runs, nothing is left out. Directories are implied.
  void write_tar(int fd, int cancel_fd = -1) const;

 private:
  friend SourceTree unpack(GitRepository repository, const Oid& commit,
                           const SourceLimits& limits);
  SourceTree(GitRepository repository, std::int64_t modified, std::uint64_t bytes,
             std::vector<TreeEntry> entries, std::vector<Submodule> submodules)
      : repository_(std::move(repository)),
        modified_(modified),
        bytes_(bytes),
        entries_(std::move(entries)),
        submodules_(std::move(submodules)) {}

  GitRepository repository_;
  std::int64_t modified_;  // when the commit was made; every file's time
  std::uint64_t bytes_;
  std::vector<TreeEntry> entries_;  // files and symlinks
  std::vector<Submodule> submodules_;
};

/// Lists a commit's files, or throws PushError that says what cannot be deployed and the way
/// out. Nothing has been written by then.
[[nodiscard]] SourceTree unpack(GitRepository repository, const Oid& commit,
                                const SourceLimits& limits);

}  // namespace hythe
