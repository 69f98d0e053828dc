// SPDX-License-Identifier: Apache-2.0
#include "webhook/listen/listening_socket.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sysexits.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include "core/decimal.h"
#include "lib/errors.h"
#include "lib/file/atomic_file.h"

namespace hythe {
namespace {

/// sd_listen_fds(3): one descriptor, meant for this very process.
UniqueFd handed_over() {
  constexpr int kFirst = 3;
  const char* process = ::getenv("LISTEN_PID");
  const char* count = ::getenv("LISTEN_FDS");
  if (process == nullptr || count == nullptr ||
      std::string_view(process) != std::to_string(::getpid()))
    return {};
  if (std::string_view(count) != "1")
    throw PushError("there is not one socket, but others as well", EX_CONFIG);
  UniqueFd socket(kFirst);
  int is_listening = 0;
  socklen_t size = sizeof is_listening;
  if (::getsockopt(socket.get(), SOL_SOCKET, SO_ACCEPTCONN, &is_listening, &size) != 0 ||
      is_listening == 0)
    throw PushError("what was handed over is no socket that listens", EX_CONFIG);
  ::fcntl(socket.get(), F_SETFD, FD_CLOEXEC);
  return socket;
}

sockaddr_un name_of(const std::string& path) {
  sockaddr_un name = {};
  name.sun_family = AF_UNIX;
  if (path.size() >= sizeof name.sun_path)
    throw SystemError(ENAMETOOLONG, "listen at '", path, "'");
  std::copy(path.begin(), path.end(), name.sun_path);
  return name;
}

}  // namespace

UniqueFd listening_socket(const std::string& path, int backlog) {
  if (UniqueFd socket = handed_over()) return socket;
  // Under another name until it listens: at no time does nobody answer who just could.
  const std::string made = path + ".new";
  remove_file(made);
  UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!socket) throw SystemError(errno, "make a socket");
  const sockaddr_un name = name_of(made);
  constexpr mode_t kAnybody = 0666;  // who may enter the directory
  if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&name), sizeof name) != 0 ||
      ::chmod(made.c_str(), kAnybody) != 0 || ::listen(socket.get(), backlog) != 0 ||
      ::rename(made.c_str(), path.c_str()) != 0)
    throw SystemError(errno, "listen at '", path, "'");
  return socket;
}

}  // namespace hythe
