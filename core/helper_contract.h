// SPDX-License-Identifier: Apache-2.0
#pragma once

/// What the unprivileged side may ask of root: a closed grammar of words, each of them a
/// validated type. There are no options, and no path, address or variable of the caller's
/// reaches root. Both sides include this header and nothing else of each other.
#include "core/container_spec.h"
#include "core/launch_request.h"
#include "core/route_request.h"
