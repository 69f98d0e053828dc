// SPDX-License-Identifier: Apache-2.0
#include "model/container/lanes.h"

#include <unistd.h>

#include <filesystem>

#include "core/paths.h"
#include "lib/errors.h"

namespace hythe {

std::optional<Lane> live_lane(const AppName& app) {
  return live_by_markers([&app](Lane lane) {
    return ::access(concat(paths::kLanes, '/', app.view(), '/', letter(lane)).c_str(), F_OK) ==
           0;
  });
}

bool has_containers(const AppName& app, Lane lane) {
  const auto prefix = concat(app.view(), '.', letter(lane), '.');
  std::error_code missing;  // nothing has run since the boot
  for (const auto& entry : std::filesystem::directory_iterator(paths::kContainers, missing))
    if (entry.path().filename().string().starts_with(prefix)) return true;
  return false;
}

bool has_container(const AppName& app, Lane lane, Position position) {
  const auto directory =
      concat(paths::kContainers, '/', app.view(), '.', letter(lane), '.', position.value);
  return ::access(directory.c_str(), F_OK) == 0;
}

}  // namespace hythe
