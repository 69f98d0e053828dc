// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/unique_fd.h"
#include "helpers/deadline.h"
#include "helpers/directory.h"

namespace hythe::root {

/// One process at a time. The file is root's (0600) in a directory that nobody else enters,
/// so that no caller can hold it; it stays when it is released, so that no two processes
/// ever lock two files of one name. Released by the destructor, by die() and by any death.
class Lock {
 public:
  /// Dies with EX_TEMPFAIL when another process still has it at the deadline.
  [[nodiscard]] static Lock take(const Directory& directory, const char* name,
                                 Deadline deadline) noexcept;

 private:
  explicit Lock(UniqueFd fd) noexcept : fd_(std::move(fd)) {}
  UniqueFd fd_;
};

}  // namespace hythe::root
