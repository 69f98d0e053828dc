// SPDX-License-Identifier: Apache-2.0
#include "lib/secret.h"

#include <sys/random.h>

#include <array>
#include <cerrno>

#include "lib/errors.h"

namespace hythe {

std::string make_secret() {
  std::array<unsigned char, 32> bytes{};
  // Never less than asked for, and never interrupted, up to 256 bytes.
  if (::getrandom(bytes.data(), bytes.size(), 0) < 0)
    throw SystemError(errno, "have random bytes");
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : bytes) {
    text.push_back(kDigits[byte >> 4U]);
    text.push_back(kDigits[byte & 0xFU]);
  }
  return text;
}

bool is_same_secret(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  volatile unsigned char differences = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    differences = static_cast<unsigned char>(differences | (a[i] ^ b[i]));
  return differences == 0;
}

}  // namespace hythe
