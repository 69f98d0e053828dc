// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace hythe {

/// A TCP socket that waits for connections.
struct ListeningSocket {
  std::string address;  // "0.0.0.0", "127.0.0.1", "::"
  std::uint16_t port = 0;
  bool is_loopback = false;  // then nobody outside of the container reaches it

  friend bool operator==(const ListeningSocket&, const ListeningSocket&) = default;
};

/// Reads the text of /proc/PID/net/tcp or tcp6. Each address and port once; lines that are
/// not understood are passed over.
[[nodiscard]] std::vector<ListeningSocket> parse_listening_sockets(std::string_view text);

/// Those of the network namespace of a process, IPv4 first; empty when it is gone. It serves
/// to explain why an app could not be reached, and never to decide whether it can be.
[[nodiscard]] std::vector<ListeningSocket> listening_sockets(pid_t pid);

/// The same sockets, as /proc/PID/fd calls them ("socket:[12345]"), with the port of each.
[[nodiscard]] std::map<std::string, std::uint16_t> listening_ports_by_socket(pid_t pid);

}  // namespace hythe
