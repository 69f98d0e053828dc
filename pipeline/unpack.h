// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "lib/git/git_repository.h"
#include "pipeline/source.h"

namespace hythe {

/// The files of one commit, none of them read yet: all content is in this repository but that
/// of its submodules.
class SourceTree : public Source {
 public:
  [[nodiscard]] std::uint64_t bytes() const noexcept { return bytes_; }
  [[nodiscard]] std::size_t files() const noexcept { return entries_.size(); }

  [[nodiscard]] const std::vector<Submodule>& submodules() const noexcept override {
    return submodules_;
  }

  /// Every file has exactly the bytes of its blob: attributes are never consulted, no filter
  /// runs, nothing is left out.
  void write_tar(int fd, int cancel_fd = -1) const override;

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
