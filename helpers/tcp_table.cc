// SPDX-License-Identifier: Apache-2.0
#include "helpers/tcp_table.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstring>

#include "core/unique_fd.h"
#include "helpers/text.h"

namespace hythe::root {
namespace {

/// Takes what comes before `end` off the front, and `end` with it.
std::string_view take_to(std::string_view& rest, char end) noexcept {
  const std::size_t at = rest.find(end);
  const std::string_view part(rest.data(), at == std::string_view::npos ? rest.size() : at);
  rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + 1);
  return part;
}

std::string_view next_word(std::string_view& line) noexcept {
  while (line.starts_with(' ')) line.remove_prefix(1);
  return take_to(line, ' ');
}

/// "0100007F:1F90" ends with the port in four capital hexadecimal digits.
bool has_port(std::string_view address, unsigned port) noexcept {
  const std::size_t colon = address.rfind(':');
  if (colon == std::string_view::npos || address.size() - colon != 5) return false;
  address.remove_prefix(colon + 1);
  unsigned value = 0;
  for (const char c : address) {
    const std::size_t digit = std::string_view("0123456789ABCDEF").find(c);
    if (digit == std::string_view::npos) return false;
    value = value * 16 + static_cast<unsigned>(digit);
  }
  return value == port;
}

/// As include/net/tcp_states.h numbers them.
bool is_in(TcpState state, std::string_view number) noexcept {
  if (state == TcpState::listening) return number == "0A";
  return number == "01" || number == "08";  // established, close-wait
}

/// The table grows while the connections are many: read in whole lines of a fixed buffer,
/// so that ten thousand of them cost no memory.
bool file_has_socket(const char* path, unsigned port, TcpState state) noexcept {
  const UniqueFd file(::open(path, O_RDONLY | O_CLOEXEC));
  if (!file) return false;
  char buffer[16384];
  std::size_t kept = 0;
  for (;;) {
    const ssize_t n = ::read(file.get(), buffer + kept, sizeof buffer - kept);
    if (n <= 0) return false;
    const std::string_view text(buffer, kept + static_cast<std::size_t>(n));
    const std::size_t end = text.rfind('\n');
    if (end == std::string_view::npos) return false;
    if (has_tcp_socket(std::string_view(buffer, end + 1), port, state)) return true;
    kept = text.size() - end - 1;
    std::memmove(buffer, buffer + end + 1, kept);
  }
}

}  // namespace

bool has_tcp_socket(std::string_view table, unsigned port, TcpState state) noexcept {
  while (!table.empty()) {
    std::string_view line = take_to(table, '\n');
    next_word(line);  // the line's number, or the heading
    const std::string_view local = next_word(line);
    next_word(line);
    if (is_in(state, next_word(line)) && has_port(local, port)) return true;
  }
  return false;
}

bool has_tcp_socket(pid_t pid, unsigned port, TcpState state) noexcept {
  for (const char* family : {"tcp", "tcp6"}) {
    const PathText path("/proc/", static_cast<unsigned>(pid), "/net/", family);
    if (file_has_socket(path.c_str(), port, state)) return true;
  }
  return false;
}

}  // namespace hythe::root
