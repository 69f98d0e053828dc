// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/resolvers.h"

#include <algorithm>

#include "helpers/container/address.h"
#include "helpers/container/file.h"

namespace hythe::container {
namespace {

constexpr const char* kResolvConf = "/etc/resolv.conf";
constexpr const char* kBehindTheStub = "/run/systemd/resolve/resolv.conf";

bool is_loopback(Address address) noexcept {
  return address.value >> 24U == 127;
}

/// What may stand in a container's resolv.conf: nothing that could start a line of its own.
bool is_plain(std::string_view line) noexcept {
  for (const char c : line)
    if (c < ' ' || c > '~') return false;
  return line.size() <= 256;
}

}  // namespace

Resolvers Resolvers::parse(std::string_view text) {
  Resolvers out;
  while (!text.empty()) {
    auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(line.size() == text.size() ? line.size() : line.size() + 1);
    constexpr std::string_view kServer = "nameserver ";
    if (line.starts_with(kServer)) {
      auto word = line.substr(kServer.size());
      word = word.substr(0, word.find_first_of(" \t\r#;"));
      const auto address = parse_address(word);
      if (address && !is_loopback(*address) && !out.has(*address) && out.servers.size() < kMax)
        out.servers.push_back(*address);
    } else if ((line.starts_with("search ") || line.starts_with("options ")) &&
               is_plain(line)) {
      out.others.append(line).append("\n");
    }
  }
  return out;
}

bool Resolvers::has(Address address) const {
  return std::any_of(servers.begin(), servers.end(),
                     [&](Address server) { return server.value == address.value; });
}

std::string Resolvers::text() const {
  std::string out;
  for (const Address server : servers)
    out.append("nameserver ").append(server.text().c_str).append("\n");
  return out.append(others);
}

Resolvers resolvers_of_host() {
  constexpr std::size_t kMaxSize = 65536;
  Resolvers out = Resolvers::parse(read_file(kResolvConf, kMaxSize).value_or(""));
  if (out.servers.empty()) {
    const auto behind = read_file(kBehindTheStub, kMaxSize);
    if (behind) out = Resolvers::parse(*behind);
  }
  if (out.servers.empty()) out.servers.push_back(*parse_address(kGatewayText));
  return out;
}

}  // namespace hythe::container
