// SPDX-License-Identifier: Apache-2.0
#include "model/creation_lock.h"

#include "core/paths.h"
#include "lib/errors.h"
#include "lib/file/file_lock.h"

namespace hythe {

namespace {

constexpr const char* kWhat = "the making of apps";

std::string path() {
  return concat(paths::kApps, "/.lock");  // no app has such a name
}

}  // namespace

UniqueFd lock_creation() {
  return open_locked(path(), kWhat);
}

std::optional<UniqueFd> lock_creation_by(const Deadline& deadline) {
  return open_locked_by(path(), kWhat, deadline);
}

}  // namespace hythe
