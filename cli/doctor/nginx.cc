// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <cerrno>

#include "cli/doctor/host.h"
#include "core/paths.h"
#include "lib/errors.h"

namespace hythe {
namespace {

using State = HostCheck::State;

/// A link that leads nowhere does not; what we may not look at does.
bool exists(const char* path) {
  return ::access(path, F_OK) == 0 || errno != ENOENT;
}

}  // namespace

NginxParts nginx_parts() {
  return {.http = exists(paths::kNginxHttpPart),
          .main = exists(paths::kNginxMainPart) || exists(paths::kNginxMainPartOfRpm)};
}

HostCheck check_nginx(NginxParts parts) {
  HostCheck check{
      .name = "requests", .state = State::fine, .found = "hythe's part is in nginx's"};
  if (parts.http && parts.main) return check;
  check.way_out = concat("as root: ", paths::kJoinProgram, ", which says what is in the way");
  if (!parts.http) {
    check.state = State::wrong;
    check.found = "nginx's configuration has nothing of hythe's: no app can be served";
  } else {
    check.state = State::notice;
    check.found =
        "nginx's old workers stay for as long as a client is connected, unless nginx.conf sets "
        "worker_shutdown_timeout itself";
  }
  return check;
}

}  // namespace hythe
