// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/unique_fd.h"
#include "webhook/listen/reception.h"

namespace hythe {

/// Answers POST /webhook/APP at a socket that listens and that nobody but nginx can connect to,
/// until the process is told to end (SIGTERM, SIGINT). Headers, bodies, connections and time
/// are bounded.
void serve(UniqueFd socket, Reception& reception);

}  // namespace hythe
