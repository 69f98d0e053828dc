// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/ending.h"
#include "helpers/container/slots.h"
#include "helpers/container/verbs.h"
#include "helpers/die.h"

namespace hythe::container {

int stop(const LaunchRequest& request) {
  (void)require_slot(request.app);
  return kill_all(request.app, request.lane) ? EX_OK : EX_TEMPFAIL;
}

}  // namespace hythe::container
