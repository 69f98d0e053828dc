// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/caller.h"
#include "model/limits.h"
#include "model/received_archive.h"

namespace hythe {

/// The archive that `what` names: a file of the host's, the address of one, or "-", which is
/// stdin. Throws PushError when there is none, or one that is too large or too slow; a file of
/// the host's is nothing that who comes over ssh can name.
[[nodiscard]] ReceivedArchive take_archive(const std::string& what, const std::string& version,
                                           const Limits& limits, const Caller& caller);

}  // namespace hythe
