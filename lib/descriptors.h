// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/unique_fd.h"

namespace hythe {

/// Both ends of a pipe, closed on exec.
struct Pipe {
  UniqueFd read;
  UniqueFd write;

  [[nodiscard]] static Pipe make();
};

/// Opens with O_CLOEXEC; throws SystemError.
[[nodiscard]] UniqueFd open_file(const std::string& path, int flags, unsigned mode = 0600);

/// Writes everything, however often the kernel takes only a part; throws SystemError.
void write_all(int fd, std::string_view bytes);

/// Appends what one read(2) has to give. False at the end of the file.
[[nodiscard]] bool read_some(int fd, std::string& out);

/// The whole of a file that is at most `limit` bytes; throws SystemError (EFBIG beyond it).
[[nodiscard]] std::string read_file(const std::string& path, std::size_t limit = 16U << 20U);

/// Whether the last line of a text file has no end. The descriptor can be read.
[[nodiscard]] bool lacks_last_newline(int fd);

void set_nonblocking(int fd);

}  // namespace hythe
