// SPDX-License-Identifier: Apache-2.0
#include "lib/creation_lock.h"

#include "core/paths.h"
#include "lib/errors.h"
#include "lib/file_lock.h"

namespace hythe {

UniqueFd lock_creation() {
  // No app has such a name.
  return open_locked(concat(paths::kApps, "/.lock"), "the making of apps");
}

}  // namespace hythe
