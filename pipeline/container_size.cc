// SPDX-License-Identifier: Apache-2.0
#include "pipeline/container_size.h"

#include "lib/errors.h"
#include "lib/host_memory.h"
#include "lib/printable.h"
#include "lib/units.h"

namespace hythe {

std::string size_name(const App& app, const std::string& type, const Config& config) {
  const auto chosen = app.sizes.find(type);
  return chosen == app.sizes.end() ? config.container.size : chosen->second;
}

ContainerSize container_size(const App& app, const std::string& type, const Config& config) {
  const std::string name = size_name(app, type, config);
  const ContainerSize* known = config.sizes.find(name);
  if (known == nullptr)
    throw PushError(concat("there is no size '", printable(name, 64), "' for '", type,
                           "'\nthere are: ", config.sizes.names()),
                    EX_DATAERR);
  ContainerSize size = *known;
  if (config.limits.container_memory != 0) size.memory = config.limits.container_memory;
  if (config.limits.container_pids != 0) size.pids = config.limits.container_pids;
  if (size.memory > host_memory())
    throw PushError(
        concat("a container of '", type, "' has ", format_size(size.memory),
               " of memory in size ", name, ", and this host has ", format_size(host_memory()),
               "\nchoose a smaller one: hythe scale ", app.name.view(), ' ', type, ":size=M"),
        EX_DATAERR);
  return size;
}

void drop_unknown_size(std::string& size, const std::string& wish, const Config& config,
                       Console& console) {
  if (size.empty() || config.sizes.find(size) != nullptr) return;
  console.line(concat("warning: ", wish, ", which there is not: ", config.sizes.names()));
  size.clear();
}

}  // namespace hythe
