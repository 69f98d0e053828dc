// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/complain.h"

#include <unistd.h>

namespace hythe::container {

void complain_line(std::string_view text) {
  std::string line("hythe-container: ");
  line.append(text).push_back('\n');
  // One write, so that lines of several processes do not mix. Nothing can be done about a
  // message that nobody takes.
  if (::write(STDERR_FILENO, line.data(), line.size()) < 0) return;
}

}  // namespace hythe::container
