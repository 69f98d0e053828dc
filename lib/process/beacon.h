// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/unique_fd.h"

namespace hythe {

/// A FIFO by which a process shows others that it is there, and hears what they call. The
/// kernel puts it out when the process ends, in whatever way; a name that is left is nobody's.
/// No child inherits it.
class Beacon {
 public:
  /// Throws SystemError, also when there is something of that name.
  [[nodiscard]] static Beacon light(const std::string& path);

  /// Readable when somebody has called.
  [[nodiscard]] int fd() const { return fifo_.get(); }
  /// What was called since; never blocks.
  [[nodiscard]] std::string heard() const;
  /// Ends it, with its name, before the process does.
  void put_out();

  /// To call whoever is there; it polls POLLERR as soon as they are not. Empty when nobody is.
  [[nodiscard]] static UniqueFd see(const std::string& path);

 private:
  Beacon(std::string path, UniqueFd fifo) : path_(std::move(path)), fifo_(std::move(fifo)) {}
  std::string path_;
  UniqueFd fifo_;
};

}  // namespace hythe
