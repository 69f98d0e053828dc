// SPDX-License-Identifier: Apache-2.0
#include "lib/creation_lock.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>

#include "core/paths.h"
#include "lib/descriptors.h"
#include "lib/errors.h"

namespace hythe {

UniqueFd lock_creation() {
  // No app has such a name.
  UniqueFd lock = open_file(concat(paths::kApps, "/.lock"), O_RDWR | O_CREAT);
  while (::flock(lock.get(), LOCK_EX) != 0)
    if (errno != EINTR) throw SystemError(errno, "lock the making of apps");
  return lock;
}

}  // namespace hythe
