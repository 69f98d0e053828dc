// SPDX-License-Identifier: Apache-2.0
#include "lib/complaint.h"

#include "lib/errors.h"

namespace hythe {

std::string as_complaint(std::string_view message) {
  std::string text;
  for (bool is_first = true; !message.empty(); is_first = false) {
    const auto end = message.find('\n');
    text += concat(is_first ? "error: " : "\nhint: ", message.substr(0, end));
    message = end == std::string_view::npos ? std::string_view{} : message.substr(end + 1);
  }
  return text;
}

}  // namespace hythe
