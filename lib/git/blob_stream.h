// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

#include "core/unique_fd.h"
#include "lib/process/child.h"

namespace hythe {

class GitRepository;
class Oid;

/// The bytes of one blob from `git cat-file`, a piece at a time. libgit2 has no way to read
/// a packed blob but as a whole, in memory; git has, in a process of its own that ends with
/// the blob. Worth its start for large blobs only.
class BlobStream {
 public:
  BlobStream(const GitRepository& repository, const Oid& oid);
  BlobStream(const BlobStream&) = delete;
  BlobStream& operator=(const BlobStream&) = delete;
  ~BlobStream();

  /// The number of bytes put into `buffer`; 0 after the last of a blob that was read whole.
  /// Throws SystemError when git could not do that.
  [[nodiscard]] std::size_t read(std::span<char> buffer);

 private:
  UniqueFd output_;
  Child git_;
  bool has_ended_ = false;
};

}  // namespace hythe
