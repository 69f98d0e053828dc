// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <filesystem>
#include <sstream>

#include "cli/doctor/host.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/printable.h"

namespace hythe {
namespace {

namespace fs = std::filesystem;

/// "socket:[12345]" → its port, of those that listen. (proc_net_tcp)
std::map<std::string, std::uint16_t> listening_inodes() {
  std::map<std::string, std::uint16_t> ports;
  for (const char* table : {"/proc/self/net/tcp", "/proc/self/net/tcp6"}) {
    std::istringstream lines(fs::exists(table) ? read_file(table) : std::string());
    for (std::string line; std::getline(lines, line);) {
      std::istringstream words(line);
      std::string number, local, remote, state, queues, timer, retransmits, uid, timeout, inode;
      words >> number >> local >> remote >> state >> queues >> timer >> retransmits >> uid >>
          timeout >> inode;
      const auto colon = local.rfind(':');
      if (state != "0A" || colon == std::string::npos) continue;
      std::uint16_t port = 0;
      std::from_chars(local.data() + colon + 1, local.data() + local.size(), port, 16);
      ports.emplace(concat("socket:[", inode, ']'), port);
    }
  }
  return ports;
}

std::string name_of(const fs::path& process) {
  std::string name = read_file(process / "comm");
  while (name.ends_with('\n')) name.pop_back();
  return printable(name, 16);  // a process calls itself what it likes
}

}  // namespace

PortOwners port_owners() {
  const auto ports = listening_inodes();
  PortOwners owners;
  std::error_code gone;  // while we look
  for (const auto& process : fs::directory_iterator("/proc", gone)) {
    const std::string pid = process.path().filename().string();
    if (pid.find_first_not_of("0123456789") != std::string::npos) continue;
    for (fs::directory_iterator fd(process.path() / "fd", gone), end; !gone && fd != end;
         fd.increment(gone)) {
      const auto port = ports.find(fs::read_symlink(fd->path(), gone).string());
      if (port == ports.end()) continue;
      try {
        owners.emplace(port->second, name_of(process.path()));
      } catch (const SystemError&) {
        // it has ended
      }
    }
    gone.clear();
  }
  return owners;
}

}  // namespace hythe
