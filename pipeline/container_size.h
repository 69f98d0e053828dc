// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "model/app.h"
#include "model/config.h"

namespace hythe {

/// The size of a process type's containers: the app's choice, or the host's usual one.
[[nodiscard]] std::string size_name(const App& app, const std::string& type,
                                    const Config& config);

/// What a container of that type may take, which is what its size says but for the limits of
/// the app's own (`config` has them in it). Throws PushError when there is no such size, and
/// when it is larger than the memory of this host.
[[nodiscard]] ContainerSize container_size(const App& app, const std::string& type,
                                           const Config& config);

}  // namespace hythe
