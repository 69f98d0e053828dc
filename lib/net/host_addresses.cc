// SPDX-License-Identifier: Apache-2.0
#include "lib/net/host_addresses.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <netdb.h>
#include <sys/socket.h>
#include <sysexits.h>

#include <cerrno>
#include <memory>
#include <optional>

#include "lib/errors.h"

namespace hythe {
namespace {

std::optional<IpAddress> address_of(const sockaddr* socket) {
  char text[INET6_ADDRSTRLEN] = {};
  const void* bytes = nullptr;
  if (socket != nullptr && socket->sa_family == AF_INET)
    bytes = &reinterpret_cast<const sockaddr_in*>(socket)->sin_addr;
  if (socket != nullptr && socket->sa_family == AF_INET6)
    bytes = &reinterpret_cast<const sockaddr_in6*>(socket)->sin6_addr;
  if (bytes == nullptr || ::inet_ntop(socket->sa_family, bytes, text, sizeof text) == nullptr)
    return std::nullopt;
  return IpAddress::parse(text);
}

}  // namespace

std::vector<IpAddress> addresses_of(const std::string& host) {
  addrinfo hints = {};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* list = nullptr;
  if (const int code = ::getaddrinfo(host.c_str(), nullptr, &hints, &list); code != 0)
    throw PushError(concat("cannot find the host '", host, "': ", ::gai_strerror(code)),
                    EX_NOHOST);
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owned(list, ::freeaddrinfo);
  std::vector<IpAddress> found;
  for (const addrinfo* one = list; one != nullptr; one = one->ai_next)
    if (const auto ip = address_of(one->ai_addr)) found.push_back(*ip);
  return found;
}

std::vector<IpAddress> own_addresses() {
  ifaddrs* list = nullptr;
  if (::getifaddrs(&list) != 0) throw SystemError(errno, "list this host's addresses");
  const std::unique_ptr<ifaddrs, void (*)(ifaddrs*)> owned(list, ::freeifaddrs);
  std::vector<IpAddress> found;
  for (const ifaddrs* one = list; one != nullptr; one = one->ifa_next)
    if (const auto ip = address_of(one->ifa_addr)) found.push_back(*ip);
  return found;
}

}  // namespace hythe
