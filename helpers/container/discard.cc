// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/background.h"
#include "helpers/container/builds.h"
#include "helpers/container/ending.h"
#include "helpers/container/slots.h"
#include "helpers/container/verbs.h"
#include "helpers/die.h"

namespace hythe::container {

int discard(const LaunchRequest& request) {
  const Slot slot = require_slot(request.app);
  // The build's own container, should its monitor have been killed.
  remove_abandoned(request.app, Lane::one_off);
  forget_builds(request.app, request.deployment);
  in_background([&] {
    yield_to_others();
    sweep_builds(request.app, slot);
  });
  return EX_OK;
}

}  // namespace hythe::container
