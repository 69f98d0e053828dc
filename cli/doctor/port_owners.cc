// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "cli/doctor/host.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/net/listening_sockets.h"
#include "lib/printable.h"

namespace hythe {
namespace {

namespace fs = std::filesystem;

std::string name_of(const fs::path& process) {
  std::string name = read_file(process / "comm");
  while (name.ends_with('\n')) name.pop_back();
  return printable(name, 16);  // a process calls itself what it likes
}

/// The names of those that hold one of the sockets, as far as we may look.
void name_owners(const std::map<std::string, std::uint16_t>& ports, PortOwners& owners) {
  std::error_code gone;  // while we look
  for (const auto& process : fs::directory_iterator("/proc", gone)) {
    const std::string pid = process.path().filename().string();
    if (pid.find_first_not_of("0123456789") != std::string::npos) continue;
    for (fs::directory_iterator fd(process.path() / "fd", gone), end; !gone && fd != end;
         fd.increment(gone)) {
      const auto port = ports.find(fs::read_symlink(fd->path(), gone).string());
      if (port == ports.end() || !owners[port->second].empty()) continue;
      try {
        owners[port->second] = name_of(process.path());
      } catch (const SystemError&) {
        // it has ended
      }
    }
    gone.clear();
  }
}

bool has_nameless(const PortOwners& owners) {
  return std::any_of(owners.begin(), owners.end(),
                     [](const auto& it) { return it.second.empty(); });
}

}  // namespace

PortOwners port_owners() {
  // One look at the sockets, and then at who holds them: who listens, and whose that is, are of
  // the same moment. A socket may have been handed on meanwhile, or be that of no process.
  constexpr int kLooks = 3;
  PortOwners owners;
  for (int i = 0; i < kLooks && (i == 0 || has_nameless(owners)); ++i) {
    owners.clear();
    const auto ports = listening_ports_by_socket(::getpid());
    for (const auto& [socket, port] : ports) owners.emplace(port, "");
    if (::geteuid() != 0) break;  // nobody else's descriptors are ours to see
    name_owners(ports, owners);
  }
  return owners;
}

}  // namespace hythe
