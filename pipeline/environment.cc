// SPDX-License-Identifier: Apache-2.0
#include "pipeline/environment.h"

#include <map>

#include "lib/errors.h"
#include "model/aliases.h"
#include "model/build/stack.h"
#include "model/build/start_script.h"
#include "model/env_name.h"
#include "pipeline/container_size.h"

namespace hythe {

ContainerCommand container_command(const App& app, const Release& release,
                                   const std::string& process, const std::string& command,
                                   unsigned port, const Config& config) {
  std::map<std::string, std::string> variables = {
      {"PATH", "/app/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"},
      {"LANG", "C.UTF-8"},
      {"TERM", "dumb"},
      {"SHELL", "/bin/bash"},
      {"USER", "app"},
      {"LOGNAME", "app"},
  };
  const std::string type = process.substr(0, process.rfind('.'));
  const ContainerSize size = container_size(app, type, config);
  variables["MEMORY_AVAILABLE"] = std::to_string(size.memory >> 20U);
  for (const auto& [name, value] : release.variables) variables[name] = value;
  for (const auto& [name, value] : resolve_aliases(app.environment))
    if (is_exported_env_name(name)) variables[name] = value;

  std::string dashed = process;
  const auto dot = dashed.rfind('.');
  if (dot != std::string::npos) dashed[dot] = '-';
  variables["HOME"] = "/app";
  variables["APP"] = app.name.view();
  variables["CONTAINER"] = dashed;
  variables["CONTAINER_VERSION"] = release.archive ? release.archive->version : release.commit;
  variables["CONTAINER_SIZE"] = size_name(app, type, config);
  variables["CONTAINER_MEMORY"] = std::to_string(size.memory);
  variables["HOSTNAME"] = concat(app.name.view(), '-', dashed);
  variables["STACK"] = own_stack_name(config, release.stack_name());
  if (port != 0)
    variables["PORT"] = std::to_string(port);
  else
    variables.erase("PORT");

  ContainerCommand out{.memory = size.memory,
                       .pids = size.pids,
                       .cpu_percent = config.limits.container_cpu,
                       .cpu_shares = size.cpu_shares,
                       .restarts = config.limits.restarts,
                       .argv = {"/bin/bash", "-c", kStartScript, command}};
  for (const auto& [name, value] : variables)
    out.environment.push_back(concat(name, '=', value));
  return out;
}

}  // namespace hythe
