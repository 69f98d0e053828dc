// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "core/unique_fd.h"
#include "helpers/container/container_id.h"
#include "helpers/container/log_lines.h"

namespace hythe::container {

/// The log of a started container: /var/log/hythe/APP/NAME-LANE.log, and the older half of
/// it in .1. Together they never take more than twice kMaxSize, counting what was there
/// before. A full disk loses lines, and stops no app.
class LogFile {
 public:
  static constexpr off_t kMaxSize = 8 << 20;

  LogFile(const ContainerId& id, const std::string& name, gid_t readers);

  /// What the container says.
  void add(std::string_view bytes);
  /// It will say no more, for now: a line without an end is ended.
  void finish();
  /// A line of our own, marked as such.
  void note(std::string_view text);

 private:
  void write(std::string_view lines);
  void open();

  UniqueFd directory_;
  std::string name_;
  gid_t readers_;
  UniqueFd file_{};
  off_t size_ = 0;
  LogLines lines_{};
};

}  // namespace hythe::container
