// SPDX-License-Identifier: Apache-2.0
#include "lib/process/beacon.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "lib/descriptors.h"
#include "lib/errors.h"

namespace hythe {

Beacon Beacon::light(const std::string& path) {
  if (::mkfifo(path.c_str(), 0600) != 0) throw SystemError(errno, "make '", path, "'");
  // For writing as well, which Linux allows: else whoever sees it and goes away again would
  // leave it hung up, and readable for ever (fifo(7), poll(2)).
  return {path, open_file(path, O_RDWR | O_NONBLOCK)};
}

std::string Beacon::heard() const {
  std::string words;
  if (fifo_) (void)read_some(fifo_.get(), words);
  return words;
}

void Beacon::put_out() {
  if (!fifo_) return;
  // The name first: whoever still has seen it notices that it goes out, and nobody else comes.
  ::unlink(path_.c_str());
  fifo_.reset();
}

UniqueFd Beacon::see(const std::string& path) {
  UniqueFd fifo(::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC));
  if (!fifo && errno != ENOENT && errno != ENXIO) throw SystemError(errno, "open '", path, "'");
  return fifo;
}

}  // namespace hythe
