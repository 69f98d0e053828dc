// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "webhook/listen/reception.h"

namespace hythe {

/// Listens at 127.0.0.1:`port`, behind nginx, for POST /webhook/APP, until the process is told
/// to end (SIGTERM, SIGINT). Headers, bodies, connections and time are bounded.
void serve(unsigned port, Reception& reception);

}  // namespace hythe
