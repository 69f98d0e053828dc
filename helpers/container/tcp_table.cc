// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/tcp_table.h"

#include <fcntl.h>
#include <unistd.h>

#include <string>

#include "core/unique_fd.h"

namespace hythe::container {
namespace {

std::string_view next_word(std::string_view& line) {
  const auto start = line.find_first_not_of(' ');
  if (start == std::string_view::npos) return {};
  line.remove_prefix(start);
  const auto word = line.substr(0, line.find(' '));
  line.remove_prefix(word.size());
  return word;
}

/// "0100007F:1F90" ends with the port in four capital hexadecimal digits.
bool has_port(std::string_view address, unsigned port) {
  const auto colon = address.rfind(':');
  if (colon == std::string_view::npos || address.size() - colon != 5) return false;
  unsigned value = 0;
  for (const char c : address.substr(colon + 1)) {
    const auto digit = std::string_view("0123456789ABCDEF").find(c);
    if (digit == std::string_view::npos) return false;
    value = value * 16 + static_cast<unsigned>(digit);
  }
  return value == port;
}

/// The table grows while the connections are many: read in whole lines of a fixed buffer,
/// so that ten thousand of them cost no memory.
bool file_has_established(const std::string& path, unsigned port) {
  const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return false;
  char buffer[16384];
  std::size_t kept = 0;
  for (;;) {
    const ssize_t n = ::read(file.get(), buffer + kept, sizeof buffer - kept);
    if (n <= 0) return false;
    const std::string_view text(buffer, kept + static_cast<std::size_t>(n));
    const auto end = text.rfind('\n');
    if (end == std::string_view::npos) return false;
    if (has_established(text.substr(0, end + 1), port)) return true;
    kept = text.size() - end - 1;
    text.copy(buffer, kept, end + 1);
  }
}

}  // namespace

bool has_established(std::string_view table, unsigned port) {
  constexpr std::string_view kEstablished = "01";
  while (!table.empty()) {
    auto line = table.substr(0, table.find('\n'));
    table.remove_prefix(line.size() == table.size() ? line.size() : line.size() + 1);
    next_word(line);  // the line's number, or the heading
    const auto local = next_word(line);
    next_word(line);
    if (next_word(line) == kEstablished && has_port(local, port)) return true;
  }
  return false;
}

bool is_serving(pid_t pid, unsigned port) {
  const std::string net = "/proc/" + std::to_string(pid) + "/net/";
  return file_has_established(net + "tcp", port) || file_has_established(net + "tcp6", port);
}

}  // namespace hythe::container
