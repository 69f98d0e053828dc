// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "lib/network.h"
#include "lib/received_archive.h"
#include "lib/web_address.h"

namespace hythe {

/// Fetches an archive from the internet, or from one of the `networks`, by curl(1): over
/// redirects, each looked at like the first. What is connected to is the very address that was
/// looked at, whatever the name's server says next. Neither a file, nor a proxy, nor this host
/// is ever asked. Throws PushError, with none of the address's secrets.
void download_archive(WebAddress address, const std::vector<Network>& networks,
                      ArchiveIntake& intake);

}  // namespace hythe
