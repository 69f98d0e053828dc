// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <optional>
#include <span>
#include <string_view>

#include "core/unique_fd.h"

namespace hythe::root {

/// A directory of root's, held by descriptor: what is opened, written or removed in it is
/// one name, never a path, and never what a symlink, FIFO, device or second hard link
/// offers in its place. Whatever of root's own state does not look as root leaves it ends
/// the process (EX_CONFIG); a system call that fails ends it too (EX_IOERR, EX_OSERR).
class Directory {
 public:
  /// Dies unless `path` is a directory that root owns and nobody else can write, reached
  /// without any symlink.
  [[nodiscard]] static Directory open(const char* path) noexcept;
  /// open(), after making the last component (mode, root:root) if it is missing.
  [[nodiscard]] static Directory make(const char* path, mode_t mode) noexcept;
  /// The same for a directory directly inside this one; `find` returns nothing without it.
  [[nodiscard]] Directory make_inside(const char* name, mode_t mode) const noexcept;
  [[nodiscard]] std::optional<Directory> find(const char* name) const noexcept;

  /// The whole of a file, in `memory`; nothing when there is none. A file that does not fit
  /// was not written by root's programs: EX_CONFIG.
  [[nodiscard]] std::optional<std::string_view> read(const char* name,
                                                     std::span<char> memory) const noexcept;
  /// Writes `name` so that a reader, a crash or a full disk finds the old file or the new
  /// one whole. On disk when it returns.
  void replace(const char* name, mode_t mode, std::string_view bytes) const noexcept;
  /// A new name for a file; what had that name is gone.
  void rename(const char* from, const char* to) const noexcept;
  /// The size of a file; nothing when there is none.
  [[nodiscard]] std::optional<off_t> size(const char* name) const noexcept;
  /// False when there was none.
  bool remove(const char* name) const noexcept;
  [[nodiscard]] bool contains(const char* name) const noexcept {
    return size(name).has_value();
  }
  /// An empty file (0600) whose name is all it says: a marker.
  void touch(const char* name) const noexcept;
  /// Whatever was renamed or removed so far survives a power cut.
  void sync() const noexcept;

  /// Calls visit(name) for every entry but "." and "..", in no order. Entries that come or
  /// go meanwhile may be missed. The name is good until visit returns.
  template <class Visit>
  void for_each(Visit visit) const noexcept {
    Listing listing(*this);
    while (const char* name = listing.next()) visit(name);
  }

  [[nodiscard]] int fd() const noexcept { return fd_.get(); }

 private:
  /// Reads a directory without a heap.
  class Listing {
   public:
    explicit Listing(const Directory& directory) noexcept;
    [[nodiscard]] const char* next() noexcept;

   private:
    UniqueFd fd_;
    alignas(8) char entries_[4096] = {};
    ssize_t length_ = 0;
    ssize_t position_ = 0;
  };

  explicit Directory(UniqueFd fd) noexcept : fd_(std::move(fd)) {}
  [[nodiscard]] static Directory verified(UniqueFd fd, const char* name) noexcept;
  UniqueFd fd_;
};

}  // namespace hythe::root
