// SPDX-License-Identifier: Apache-2.0
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "helpers/container/claim.h"
#include "helpers/container/file.h"
#include "helpers/container/slots.h"
#include "helpers/container/state_file.h"
#include "helpers/container/verbs.h"
#include "helpers/die.h"

namespace hythe::container {

int end(const LaunchRequest& request) {
  (void)require_slot(request.app);
  const ContainerId id{request.app, Lane::one_off, request.position};
  // Pinned before it is looked at: a build may take the place when the one-off leaves it.
  const UniqueFd holder = holder_of(id);
  const std::string state = directory_of(id) + "/state";
  if (!holder ||
      name_in_state(read_file(state.c_str(), 4096).value_or("")) != request.name->view())
    root::die(EX_NOINPUT, "no '", request.name->view(), "' of '", request.app.view(),
              "' is running");
  ::syscall(SYS_pidfd_send_signal, holder.get(), SIGTERM, nullptr, 0U);
  return EX_OK;
}

}  // namespace hythe::container
