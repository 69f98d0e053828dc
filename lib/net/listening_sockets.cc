// SPDX-License-Identifier: Apache-2.0
#include "lib/net/listening_sockets.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>

#include "lib/descriptors.h"
#include "lib/errors.h"

namespace hythe {
namespace {

constexpr std::string_view kListen = "0A";  // TCP_LISTEN, as the kernel prints it
constexpr std::size_t kMaxFile = 4U << 20U;

std::string_view take_word(std::string_view& line) {
  const auto first = std::min(line.find_first_not_of(' '), line.size());
  const auto end = std::min(line.find(' ', first), line.size());
  const std::string_view word = line.substr(first, end - first);
  line.remove_prefix(end);
  return word;
}

template <class Number>
std::optional<Number> parse_hex(std::string_view text) {
  Number value = 0;
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value, 16);
  if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  return value;
}

/// The kernel prints each 32-bit word of an address as a number of the host's byte order.
std::optional<std::vector<std::uint32_t>> parse_address(std::string_view hex) {
  if (hex.size() != 8 && hex.size() != 32) return std::nullopt;
  std::vector<std::uint32_t> address;
  for (; !hex.empty(); hex.remove_prefix(8)) {
    const auto word = parse_hex<std::uint32_t>(hex.substr(0, 8));
    if (!word) return std::nullopt;
    address.push_back(*word);
  }
  return address;
}

bool is_loopback(int family, const void* address) {
  if (family == AF_INET) return *static_cast<const unsigned char*>(address) == 127;
  in6_addr six;
  std::memcpy(&six, address, sizeof six);
  return IN6_IS_ADDR_LOOPBACK(&six) || (IN6_IS_ADDR_V4MAPPED(&six) && six.s6_addr[12] == 127);
}

/// Takes the words up to the state.
std::optional<ListeningSocket> take_socket(std::string_view& line) {
  take_word(line);  // the number of the line
  const std::string_view local = take_word(line);
  take_word(line);  // the remote end
  if (take_word(line) != kListen) return std::nullopt;
  const auto colon = local.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto address = parse_address(local.substr(0, colon));
  const auto port = parse_hex<std::uint16_t>(local.substr(colon + 1));
  if (!address || !port) return std::nullopt;
  const int family = address->size() == 1 ? AF_INET : AF_INET6;
  char text[INET6_ADDRSTRLEN] = {};
  if (::inet_ntop(family, address->data(), text, sizeof text) == nullptr) return std::nullopt;
  return ListeningSocket{text, *port, is_loopback(family, address->data())};
}

template <class Use>
void for_each_line(std::string_view text, Use use) {
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    use(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

/// Empty when the process is gone, or the host has no IPv6.
std::string read_table(pid_t pid, const char* name) {
  try {
    return read_file(concat("/proc/", pid, "/net/", name), kMaxFile);
  } catch (const SystemError&) {
    return {};
  }
}

std::string read_tables(pid_t pid) {
  return read_table(pid, "tcp") + read_table(pid, "tcp6");
}

}  // namespace

std::vector<ListeningSocket> parse_listening_sockets(std::string_view text) {
  std::vector<ListeningSocket> sockets;
  for_each_line(text, [&sockets](std::string_view line) {
    const auto socket = take_socket(line);
    if (socket && std::find(sockets.begin(), sockets.end(), *socket) == sockets.end())
      sockets.push_back(*socket);
  });
  return sockets;
}

std::vector<ListeningSocket> listening_sockets(pid_t pid) {
  return parse_listening_sockets(read_tables(pid));
}

std::map<std::string, std::uint16_t> listening_ports_by_socket(pid_t pid) {
  constexpr int kBetween = 5;  // queues, timer, retransmits, uid and timeout (proc_net_tcp)
  std::map<std::string, std::uint16_t> ports;
  for_each_line(read_tables(pid), [&ports](std::string_view line) {
    const auto socket = take_socket(line);
    if (!socket) return;
    for (int i = 0; i < kBetween; ++i) take_word(line);
    ports.emplace(concat("socket:[", take_word(line), ']'), socket->port);
  });
  return ports;
}

}  // namespace hythe
