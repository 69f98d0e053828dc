// SPDX-License-Identifier: Apache-2.0
#include "lib/descriptors.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "lib/errors.h"

namespace hythe {

Pipe Pipe::make() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw SystemError(errno, "make a pipe");
  return {UniqueFd(ends[0]), UniqueFd(ends[1])};
}

UniqueFd open_file(const std::string& path, int flags, unsigned mode) {
  UniqueFd fd(::open(path.c_str(), flags | O_CLOEXEC, mode));
  if (!fd) throw SystemError(errno, "open '", path, "'");
  return fd;
}

void write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw SystemError(errno, "write");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

bool read_some(int fd, std::string& out) {
  char buffer[16384];
  for (;;) {
    const ssize_t got = ::read(fd, buffer, sizeof buffer);
    if (got > 0) out.append(buffer, static_cast<std::size_t>(got));
    if (got >= 0) return got > 0;
    if (errno == EAGAIN) return true;
    if (errno != EINTR) throw SystemError(errno, "read");
  }
}

std::string read_file(const std::string& path, std::size_t limit) {
  const UniqueFd fd = open_file(path, O_RDONLY);
  std::string bytes;
  while (read_some(fd.get(), bytes))
    if (bytes.size() > limit) throw SystemError(EFBIG, "read '", path, "'");
  return bytes;
}

bool lacks_last_newline(int fd) {
  struct stat file = {};
  if (::fstat(fd, &file) != 0) throw SystemError(errno, "ask a file");
  char last = '\n';
  return file.st_size > 0 && ::pread(fd, &last, 1, file.st_size - 1) == 1 && last != '\n';
}

void set_nonblocking(int fd) {
  const int flags = ::fcntl(fd, F_GETFL);
  if (flags < 0 || ::fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0)
    throw SystemError(errno, "make a descriptor non-blocking");
}

}  // namespace hythe
