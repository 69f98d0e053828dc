// SPDX-License-Identifier: Apache-2.0
#include "lib/secret.h"

#include <nettle/memops.h>
#include <sys/random.h>

#include <array>
#include <cerrno>
#include <cstdint>

#include "lib/encoding.h"
#include "lib/errors.h"

namespace hythe {

std::string make_secret() {
  std::array<std::uint8_t, 32> bytes{};
  // Never less than asked for, and never interrupted, up to 256 bytes.
  if (::getrandom(bytes.data(), bytes.size(), 0) < 0)
    throw SystemError(errno, "have random bytes");
  return hexadecimal(bytes);
}

bool is_same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && ::memeql_sec(a.data(), b.data(), a.size()) != 0;
}

}  // namespace hythe
