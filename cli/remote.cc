// SPDX-License-Identifier: Apache-2.0
#include "cli/remote.h"

#include "lib/errors.h"

namespace hythe {

std::string git_remote(const AppName& app, const Config& config) {
  if (config.ssh_port == 22) return concat("hythe@", config.ssh_host, ':', app.view());
  return concat("ssh://hythe@", config.ssh_host, ':', config.ssh_port, '/', app.view());
}

}  // namespace hythe
