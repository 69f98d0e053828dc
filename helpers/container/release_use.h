// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/helper_contract.h"
#include "helpers/container/claim.h"

namespace hythe::container {

/// Which release a container runs from, for whoever would remove that: the file `uses` beside
/// its claim. A container first writes it and then looks for the release; a removal first takes
/// the release's name away and then looks for such files. So one of the two sees the other,
/// and no release is ever removed below a container.

/// False, with a complaint, when there is no such release, or nothing can be written. Release 0
/// is a build, which runs from none.
[[nodiscard]] bool hold_release(const Claim& claim, Slot slot, Number release);

/// Whether a container of the app holds it, also one whose monitor was killed.
[[nodiscard]] bool is_held(const AppName& app, Number release);

}  // namespace hythe::container
