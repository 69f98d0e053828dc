// SPDX-License-Identifier: Apache-2.0
#include "inside/build/private_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "core/unique_fd.h"
#include "inside/build/failure.h"

namespace hythe::builder {

void write_all(int fd, std::string_view bytes, const std::string& doing) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw_errno(doing);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void write_private_file(const std::string& path, std::string_view bytes) {
  const UniqueFd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file) throw_errno("make '" + path + "'");
  write_all(file.get(), bytes, "write '" + path + "'");
}

}  // namespace hythe::builder
