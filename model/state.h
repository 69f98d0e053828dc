// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/state_version.h"
#include "lib/yaml.h"

namespace hythe {

/// Throws PushError (EX_CONFIG) unless the state in /var/lib/hythe is of the version that this
/// program knows. Asked by every program before it touches anything, and again under an app's
/// lock: a program may have started before an upgrade.
void require_current_state();

/// Throws PushError (EX_CONFIG) with what is to be said of one that is of another.
[[noreturn]] void refuse_state(StateAge age);

/// What a file of the state begins with: of which version it is.
[[nodiscard]] Yaml begin_state_file();

/// A file of the state; an empty tree where there is none. Throws PushError (EX_CONFIG) when it
/// is of a newer version, as one is that was put back from the wrong backup. One that says
/// nothing is of version 1.
[[nodiscard]] Yaml load_state_file(const std::string& path);

}  // namespace hythe
