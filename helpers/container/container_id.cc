// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/container_id.h"

#include <dirent.h>

#include <memory>

#include "core/paths.h"

namespace hythe::container {

std::string ContainerId::text() const {
  std::string out(app.view());
  out.append({'.', letter(lane), '.'});
  if (position.value >= 10) out.push_back(static_cast<char>('0' + position.value / 10));
  out.push_back(static_cast<char>('0' + position.value % 10));
  return out;
}

std::optional<ContainerId> ContainerId::parse(std::string_view text) {
  const auto dot = text.find('.');
  if (dot == std::string_view::npos || text.size() < dot + 4 || text[dot + 2] != '.')
    return std::nullopt;
  const auto app = AppName::parse(text.substr(0, dot));
  const auto lane = parse_any_lane(text.substr(dot + 1, 1));
  const auto position = Position::parse(text.substr(dot + 3));
  if (!app || !lane || !position) return std::nullopt;
  return ContainerId{*app, *lane, *position};
}

std::string directory_of(const ContainerId& id) {
  return std::string(paths::kContainers).append("/").append(id.text());
}

std::vector<ContainerId> containers_of(const AppName& app, std::optional<Lane> lane) {
  std::vector<ContainerId> out;
  const std::unique_ptr<DIR, int (*)(DIR*)> dir(::opendir(paths::kContainers), ::closedir);
  if (!dir) return out;
  while (const dirent* entry = ::readdir(dir.get())) {
    const auto id = ContainerId::parse(entry->d_name);
    if (id && id->app == app && (!lane || id->lane == *lane)) out.push_back(*id);
  }
  return out;
}

}  // namespace hythe::container
