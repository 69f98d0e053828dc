// SPDX-License-Identifier: Apache-2.0
#include "helpers/die.h"
#include "helpers/interruptions.h"
#include "helpers/route/serve.h"
#include "helpers/route/verbs.h"

namespace hythe::route_helper {

void sync() noexcept {
  root::ignore_interruptions();
  const Routes routes = Routes::open();
  const root::Lock lock = lock_nginx();
  Failure failure;
  if (!serve_all(routes, failure)) root::die(failure.sysexit, failure.sentence.view());
}

}  // namespace hythe::route_helper
