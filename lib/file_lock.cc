// SPDX-License-Identifier: Apache-2.0
#include "lib/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>

#include "lib/descriptors.h"
#include "lib/errors.h"

namespace hythe {

void lock_file(int fd, const char* what) {
  while (::flock(fd, LOCK_EX) != 0)
    if (errno != EINTR) throw SystemError(errno, "lock ", what);
}

UniqueFd open_locked(const std::string& path, const char* what) {
  UniqueFd file = open_file(path, O_RDWR | O_CREAT);
  lock_file(file.get(), what);
  return file;
}

}  // namespace hythe
