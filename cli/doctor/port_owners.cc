// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <filesystem>

#include "cli/doctor/host.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/listening_sockets.h"
#include "lib/printable.h"

namespace hythe {
namespace {

namespace fs = std::filesystem;

std::string name_of(const fs::path& process) {
  std::string name = read_file(process / "comm");
  while (name.ends_with('\n')) name.pop_back();
  return printable(name, 16);  // a process calls itself what it likes
}

}  // namespace

PortOwners port_owners() {
  const auto ports = listening_ports_by_socket(::getpid());
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
