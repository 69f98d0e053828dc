// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lib/net/web_address.h"
#include "model/received_archive.h"

namespace hythe {

/// Fetches an archive by curl(1), from where we may connect to (lib/net/reachable_host.h): over
/// redirects, each looked at like the first. What is connected to is the very address that was
/// looked at, whatever the name's server says next. Neither a file, nor a proxy, nor this host
/// is ever asked. Throws PushError, with none of the address's secrets.
void download_archive(WebAddress address, ArchiveIntake& intake);

}  // namespace hythe
