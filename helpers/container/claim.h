// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "core/unique_fd.h"
#include "helpers/container/container_id.h"

namespace hythe::container {

/// The right to be the one process that runs a container: its directory, with a write lock
/// on `lock` in it. The kernel says who holds it and forgets it when that process ends, so
/// that nothing has to be believed of what a dead one has left. There are no pid files.
///
/// fcntl(2) drops such a lock when *any* descriptor of the file is closed: the holder never
/// opens its own lock a second time.
class Claim {
 public:
  /// Nothing when another process holds it.
  [[nodiscard]] static std::optional<Claim> take(const ContainerId& id);
  Claim(Claim&&) = default;
  Claim& operator=(Claim&&) = delete;
  /// Removes the directory and with it the claim.
  ~Claim();

  [[nodiscard]] const ContainerId& id() const { return id_; }
  /// The directory; only root and, for `state`, group hythe come in.
  [[nodiscard]] int directory() const { return directory_.get(); }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] gid_t group() const { return group_; }

 private:
  Claim(const ContainerId& id, UniqueFd directory, UniqueFd lock, gid_t group)
      : id_(id),
        path_(directory_of(id)),
        directory_(std::move(directory)),
        lock_(std::move(lock)),
        group_(group) {}

  ContainerId id_;
  std::string path_;
  UniqueFd directory_;
  UniqueFd lock_;
  gid_t group_;
};

/// The process that holds a container, by pidfd: it cannot be mistaken for a later one of the
/// same number. Empty when nobody holds it.
[[nodiscard]] UniqueFd holder_of(const ContainerId& id);

/// The group that may read what runs and what it logs: that of paths::kLogs.
[[nodiscard]] gid_t reader_group();

}  // namespace hythe::container
