// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/egress.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>

#include "core/paths.h"
#include "helpers/container/complain.h"
#include "helpers/container/file.h"

namespace hythe::container {
namespace {

constexpr std::size_t kMaxNetworks = 256;
constexpr std::size_t kMaxSize = 65536;

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

std::optional<std::vector<Network>> parse_egress(std::string_view text) {
  std::vector<Network> out;
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(line.size() == text.size() ? line.size() : line.size() + 1);
    const auto words = trimmed(line.substr(0, line.find('#')));
    if (words.empty()) continue;
    const auto network = Network::parse(words);
    if (!network || out.size() == kMaxNetworks) return std::nullopt;
    out.push_back(*network);
  }
  return out;
}

std::optional<std::vector<Network>> egress_of_host() {
  // O_NONBLOCK: opening a FIFO must not hang.
  const UniqueFd file(
      ::open(paths::kEgress, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
  if (!file && errno == ENOENT) return std::vector<Network>{};
  struct stat status = {};
  if (!file || ::fstat(file.get(), &status) != 0) {
    complain_errno("open '", paths::kEgress, "'");
    return std::nullopt;
  }
  if (!S_ISREG(status.st_mode) || status.st_uid != 0 || (status.st_mode & 022U) != 0) {
    complain("'", paths::kEgress, "' must be a file that only root can write");
    return std::nullopt;
  }
  const auto text = read_all(file.get(), kMaxSize);
  auto networks = text ? parse_egress(*text) : std::nullopt;
  if (!networks)
    complain("'", paths::kEgress, "' must hold one IPv4 network a line, as '192.168.7.0/24'");
  return networks;
}

}  // namespace hythe::container
