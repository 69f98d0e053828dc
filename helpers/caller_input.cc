// SPDX-License-Identifier: Apache-2.0
#include "helpers/caller_input.h"

#include <poll.h>
#include <unistd.h>

#include "helpers/die.h"

namespace hythe::root {

std::string_view read_caller_input(std::span<char> memory, Deadline deadline) noexcept {
  std::size_t length = 0;
  for (;;) {
    pollfd input{STDIN_FILENO, POLLIN, 0};
    const int ready = ::poll(&input, 1, deadline.remaining_ms());
    if (ready < 0 && errno != EINTR) die_errno("wait for stdin");
    if (ready <= 0) {
      if (deadline.has_passed()) die(EX_TEMPFAIL, "stdin did not end in time");
      continue;
    }
    // One byte more than may come tells "full" from "too much".
    char beyond = 0;
    const bool is_full = length == memory.size();
    const ssize_t got =
        is_full ? ::read(STDIN_FILENO, &beyond, 1)
                : ::read(STDIN_FILENO, memory.data() + length, memory.size() - length);
    if (got == 0) return {memory.data(), length};
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got < 0) die_errno("read stdin");
    if (is_full) die(EX_DATAERR, "stdin is too long");
    length += static_cast<std::size_t>(got);
  }
}

bool is_caller_gone() noexcept {
  pollfd out{.fd = STDOUT_FILENO, .events = 0, .revents = 0};
  return ::poll(&out, 1, 0) == 1;
}

}  // namespace hythe::root
