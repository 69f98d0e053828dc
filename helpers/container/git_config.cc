// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/git_config.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "core/unique_fd.h"
#include "helpers/container/file.h"

namespace hythe::container {
namespace {

constexpr const char* kOfHost = "/etc/gitconfig";
constexpr std::size_t kMaxSize = 65536;

/// Empty when there is none, or when it may hold what an app must not see: a credential.
std::string of_host() {
  // O_NONBLOCK: opening a FIFO must not hang.
  const UniqueFd file(::open(kOfHost, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  struct stat status = {};
  if (!file || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode) ||
      (status.st_mode & S_IROTH) == 0)
    return "";
  return read_all(file.get(), kMaxSize).value_or("");
}

}  // namespace

std::string git_config() {
  return "[safe]\n\tdirectory = *\n" + of_host();
}

}  // namespace hythe::container
