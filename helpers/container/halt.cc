// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/ending.h"
#include "helpers/container/slots.h"
#include "helpers/container/verbs.h"
#include "helpers/die.h"

namespace hythe::container {

int halt(const LaunchRequest& request) {
  (void)require_slot(request.app);
  return halt_type(request.app, request.lane, *request.type) ? EX_OK : EX_TEMPFAIL;
}

}  // namespace hythe::container
