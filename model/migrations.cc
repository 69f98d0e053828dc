// SPDX-License-Identifier: Apache-2.0
#include "model/migration.h"

namespace hythe {

std::span<const Migration> all_migrations() {
  return {};  // version 1 is the first
}

}  // namespace hythe
