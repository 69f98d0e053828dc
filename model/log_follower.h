// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "core/unique_fd.h"
#include "lib/colours.h"

namespace hythe {

/// Copies a growing log to whoever reads along, without ever blocking on them: when they do
/// not take it, the rest waits in the file.
class LogFollower {
 public:
  LogFollower(const std::string& log_path, int out_fd, Colours colours);

  /// From here on it copies so many bytes at most.
  void stop_after(std::uint64_t bytes) { left_ = bytes; }
  /// Whether there was more than that.
  [[nodiscard]] bool is_cut() const { return is_cut_; }

  /// For poll(2): readable when the log, or a record beside it, may have changed. -1 while
  /// there is still text that the reader has to take first (then poll out_fd for POLLOUT).
  [[nodiscard]] int changed_fd() const { return has_more_ ? -1 : inotify_.get(); }
  [[nodiscard]] bool has_more() const { return has_more_; }
  /// For poll(2) as well: how long to wait at most before copy() is worth a try. The kernel
  /// gives one user 128 inotify instances; whoever comes after them looks now and then.
  [[nodiscard]] int patience_ms() const { return inotify_ ? -1 : 250; }

  /// Copies what can be taken now. Returns false when the reader is gone.
  [[nodiscard]] bool copy();

 private:
  UniqueFd log_;
  UniqueFd inotify_;
  int out_;
  Colours colours_;
  ColourRemover remover_;
  std::string pending_;
  std::uint64_t left_ = UINT64_MAX;
  bool is_cut_ = false;
  bool has_more_ = true;
};

}  // namespace hythe
