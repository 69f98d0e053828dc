// SPDX-License-Identifier: Apache-2.0
#include "lib/process/client_descriptor.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "core/decimal.h"
#include "lib/errors.h"

namespace hythe {
namespace {

constexpr const char* kVariable = "HYTHE_CLIENT_FD";

/// Above whatever git opens for itself.
constexpr int kFirst = 100;

}  // namespace

void hand_down_client_descriptor() {
  const int copy = ::fcntl(STDOUT_FILENO, F_DUPFD, kFirst);
  if (copy < 0) throw SystemError(errno, "duplicate stdout");
  ::setenv(kVariable, std::to_string(copy).c_str(), 1);
}

int inherited_client_descriptor() {
  const char* text = ::getenv(kVariable);
  const auto number = text == nullptr ? std::nullopt : parse_decimal(text, 1U << 16U);
  if (!number || *number < kFirst) return -1;
  const int fd = static_cast<int>(*number);
  return ::fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 ? fd : -1;
}

}  // namespace hythe
