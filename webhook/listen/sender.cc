// SPDX-License-Identifier: Apache-2.0
#include "webhook/listen/sender.h"

#include "lib/encoding.h"
#include "lib/net/network.h"

namespace hythe {

std::string sender_of(std::string_view address) {
  const auto ip = IpAddress::parse(address);
  if (!ip) return {};
  return ip->is_v6() ? hexadecimal(std::span(ip->bytes()).first<8>()) : ip->text();
}

}  // namespace hythe
