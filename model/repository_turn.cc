// SPDX-License-Identifier: Apache-2.0
#include "model/repository_turn.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>

#include "lib/descriptors.h"
#include "lib/errors.h"
#include "model/app.h"

namespace hythe {

UniqueFd wait_for_turn(const AppName& app, const Cancellation& cancellation) {
  UniqueFd file = open_file(App::repository(app) + "/hythe-turn", O_RDWR | O_CREAT);
  constexpr Milliseconds kLookAgain{100};  // flock(2) has no event to wait for
  while (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) throw SystemError(errno, "lock the repository");
    (void)cancellation.wait({}, Deadline(kLookAgain));
  }
  return file;
}

}  // namespace hythe
