// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/caller.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>

#include "core/unique_fd.h"
#include "helpers/container/file.h"
#include "helpers/die.h"

namespace hythe::container {
namespace {

/// Never more than asked for: what follows is not ours.
void read_exactly(char* to, std::size_t length) {
  while (length > 0) {
    const ssize_t n = ::read(STDIN_FILENO, to, length);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) root::die(EX_DATAERR, "stdin ended within the spec of a container");
    to += n;
    length -= static_cast<std::size_t>(n);
  }
}

}  // namespace

bool is_lease_lost() {
  struct pollfd out = {.fd = STDOUT_FILENO, .events = 0, .revents = 0};
  return ::poll(&out, 1, 0) == 1 && (out.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0;
}

std::string read_spec() {
  char prefix[ContainerSpec::kPrefixLength];
  read_exactly(prefix, sizeof prefix);
  const auto length = ContainerSpec::parse_prefix({prefix, sizeof prefix});
  if (!length) root::die(EX_DATAERR, "stdin does not begin with the spec of a container");
  std::string bytes(*length, '\0');
  read_exactly(bytes.data(), bytes.size());
  return bytes;
}

ContainerSpec parse_spec(std::string_view bytes) {
  const auto spec = ContainerSpec::parse(bytes);
  if (!spec) root::die(EX_DATAERR, "the spec of a container on stdin is not understood");
  return *spec;
}

void answer(std::string_view key, std::string_view value) {
  std::string words(key);
  words.append(1, '\0').append(value).append(1, '\0');
  (void)write_all(STDOUT_FILENO, words);
}

void leave_caller() {
  const UniqueFd null(::open("/dev/null", O_RDWR | O_CLOEXEC));
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(null.get(), fd);
}

}  // namespace hythe::container
