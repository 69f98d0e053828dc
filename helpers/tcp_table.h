// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <string_view>

namespace hythe::root {

/// What to look for in the kernel's table of a network namespace's TCP sockets.
enum class TcpState : unsigned char {
  listening,
  /// Also when the client has said all that it had to say, and now waits for the answer.
  connected,
};

/// Whether the text of /proc/PID/net/tcp or tcp6 has a socket in that state whose local port
/// is `port`. Lines that are not understood are passed over.
[[nodiscard]] bool has_tcp_socket(std::string_view table, unsigned port,
                                  TcpState state) noexcept;

/// Whether the network namespace of a process has such a socket; false when the process is
/// gone.
[[nodiscard]] bool has_tcp_socket(pid_t pid, unsigned port, TcpState state) noexcept;

}  // namespace hythe::root
