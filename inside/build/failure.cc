// SPDX-License-Identifier: Apache-2.0
#include "inside/build/failure.h"

#include <cerrno>
#include <system_error>

namespace hythe::builder {

void throw_errno(const std::string& doing) {
  const int code = errno;
  throw std::system_error(code, std::generic_category(), "cannot " + doing);
}

}  // namespace hythe::builder
