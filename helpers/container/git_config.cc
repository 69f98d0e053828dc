// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/git_config.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>

#include "core/unique_fd.h"
#include "helpers/container/file.h"

namespace hythe::container {
namespace {

constexpr const char* kOfHost = "/etc/gitconfig";
constexpr std::size_t kMaxSize = 65536;

/// Empty when there is none that everybody may read.
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

std::string mirrors_in(std::string_view config) {
  std::string out;
  bool is_wanted = false;
  while (!config.empty()) {
    const auto line = config.substr(0, config.find('\n'));
    config.remove_prefix(std::min(line.size() + 1, config.size()));
    const auto begin = std::min(line.find_first_not_of(" \t"), line.size());
    if (line.substr(begin).starts_with('['))
      is_wanted = line.substr(begin).starts_with("[url \"") && line.find('@') == line.npos;
    if (is_wanted && line.find('@') == line.npos) out.append(line).append("\n");
  }
  return out;
}

std::string git_config() {
  return "[safe]\n\tdirectory = *\n" + mirrors_in(of_host());
}

}  // namespace hythe::container
