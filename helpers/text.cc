// SPDX-License-Identifier: Apache-2.0
#include "helpers/text.h"

#include "helpers/die.h"

namespace hythe::root {

void Text::overflow() noexcept {
  die(EX_SOFTWARE, "a text became longer than it may be");
}

}  // namespace hythe::root
