// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/unique_fd.h"

namespace hythe {

/// Where connections come in. systemd hands it over, and has it also while there is no such
/// process (hythe-webhook.socket). Otherwise it is made at `path`, and takes the place of the
/// one before, which keeps the connections that it has: who may connect is a matter of the
/// directory that it is in. Throws PushError, SystemError.
[[nodiscard]] UniqueFd listening_socket(const std::string& path, int backlog);

}  // namespace hythe
