// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "lib/console.h"
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

/// A size that somebody's source asks for and the host does not have is told of, and forgotten.
/// `wish` says whose it is: "the job 'clean' wants size 'huge'".
void drop_unknown_size(std::string& size, const std::string& wish, const Config& config,
                       Console& console);

}  // namespace hythe
