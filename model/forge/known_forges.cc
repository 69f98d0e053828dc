// SPDX-License-Identifier: Apache-2.0
#include "model/forge/known_forges.h"

#include <fcntl.h>
#include <sysexits.h>
#include <unistd.h>

#include <cerrno>

#include "core/paths.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/file/file_lock.h"
#include "lib/printable.h"
#include "lib/process/child.h"

namespace hythe {
namespace {

constexpr const char* kAdministrators = "/etc/ssh/ssh_known_hosts";

std::string output_of(std::vector<std::string> argv, int input = -1) {
  return run_to_end({.argv = std::move(argv), .stdin_fd = input}).second;
}

/// The lines "HOST TYPE KEY", under the name that known_hosts is to have.
std::string under_name(std::string_view scanned, const std::string& name) {
  std::string lines;
  for (std::size_t begin = 0; begin < scanned.size();) {
    const auto end = std::min(scanned.find('\n', begin), scanned.size());
    const std::string_view line = scanned.substr(begin, end - begin);
    begin = end + 1;
    const auto blank = line.find(' ');
    if (line.starts_with('#') || blank == std::string_view::npos) continue;
    if (printable(line, line.size()) != line) continue;
    lines += concat(name, line.substr(blank), '\n');
  }
  return lines;
}

}  // namespace

bool KnownForges::has(const ForgeAddress& address) {
  for (const char* file : {kAdministrators, paths::kKnownForges}) {
    if (::access(file, R_OK) != 0) continue;
    if (!output_of({paths::kSshKeygen, "-F", address.host_key_name(), "-f", file}).empty())
      return true;
  }
  return false;
}

std::string KnownForges::learn(const ForgeAddress& address, const std::string& at) {
  const std::string keys = under_name(output_of({paths::kSshKeyscan, "-T", "10", "-p",
                                                 std::to_string(address.effective_port()), at}),
                                      address.host_key_name());
  if (keys.empty())
    throw PushError(concat("no ssh server answers at '", address.host_key_name(), "'"),
                    EX_UNAVAILABLE);
  const UniqueFd file = open_file(paths::kKnownForges, O_WRONLY | O_CREAT | O_APPEND);
  lock_file(file.get(), "the keys of forges");
  if (!has(address)) {
    write_all(file.get(), keys);
    if (::fsync(file.get()) != 0) throw SystemError(errno, "sync '", paths::kKnownForges, "'");
  }
  Pipe input = Pipe::make();
  write_all(input.write.get(), keys);  // less than a pipe holds
  input.write.reset();
  return output_of({paths::kSshKeygen, "-l", "-f", "-"}, input.read.get());
}

std::string KnownForges::ssh_command(const ForgeAddress& address, const std::string& at,
                                     const std::string& key) {
  // A shell splits it: of what stands here, an address of a host is all that is not ours, and
  // has been through inet_ntop(3) or ForgeAddress.
  return concat(
      paths::kSsh, " -F /dev/null -i ", key, " -o IdentitiesOnly=yes -o BatchMode=yes",
      " -o StrictHostKeyChecking=yes -o UserKnownHostsFile=", paths::kKnownForges,
      " -o UpdateHostKeys=no -o CheckHostIP=no -o HostName=", at, " -o HostKeyAlias='",
      address.host_key_name(), "' -o PreferredAuthentications=publickey",
      " -o ConnectTimeout=15 -o ServerAliveInterval=15 -o ServerAliveCountMax=2",
      " -o ForwardAgent=no -o ClearAllForwardings=yes -o LogLevel=ERROR");
}

}  // namespace hythe
