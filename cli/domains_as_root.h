// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace hythe {

/// `hythe domains APP add DOMAIN…`, called by root: what only root can give to an app, a
/// wildcard or the host's own name, is claimed for it with root's rights before `hythe` becomes
/// user hythe and does the rest. Does nothing for other callers and words.
void claim_domains_as_root(const std::vector<std::string>& words);

}  // namespace hythe
