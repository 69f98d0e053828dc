// SPDX-License-Identifier: Apache-2.0
#include "lib/encoding.h"

#include <nettle/base16.h>
#include <nettle/base64.h>

namespace hythe {

std::string hexadecimal(std::span<const std::uint8_t> bytes) {
  std::string text(BASE16_ENCODE_LENGTH(bytes.size()), '\0');
  ::base16_encode_update(text.data(), bytes.size(), bytes.data());
  return text;
}

std::string base64(std::string_view bytes) {
  std::string text(BASE64_ENCODE_RAW_LENGTH(bytes.size()), '\0');
  ::base64_encode_raw(text.data(), bytes.size(),
                      reinterpret_cast<const std::uint8_t*>(bytes.data()));
  return text;
}

}  // namespace hythe
