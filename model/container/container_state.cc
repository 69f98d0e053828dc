// SPDX-License-Identifier: Apache-2.0
#include "model/container/container_state.h"

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "core/decimal.h"
#include "core/paths.h"
#include "lib/descriptors.h"
#include "lib/errors.h"

namespace hythe {
namespace {

ContainerState parse(const std::string& text) {
  ContainerState state;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const auto space = line.find(' ');
    const std::string key = line.substr(0, space);
    const std::string value = space == std::string::npos ? "" : line.substr(space + 1);
    const auto number = parse_decimal(value, 1ULL << 53U).value_or(0);
    if (key == "name") state.name = value;
    if (key == "lane") state.lane = value;
    if (key == "status") state.status = value;
    if (key == "release") state.release = static_cast<Number>(number);
    if (key == "restarts") state.restarts = static_cast<unsigned>(number);
    if (key == "started") state.started = Milliseconds(number);
    if (key == "last") state.last = ContainerEnd::parse(value);
  }
  return state;
}

}  // namespace

std::vector<ContainerState> ContainerState::of(const AppName& app) {
  std::vector<ContainerState> states;
  const auto prefix = concat(app.view(), '.');
  std::error_code missing;  // nothing has run since the boot
  for (const auto& entry : std::filesystem::directory_iterator(paths::kContainers, missing)) {
    if (!entry.path().filename().string().starts_with(prefix)) continue;
    try {
      states.push_back(parse(read_file(entry.path().string() + "/state", 4096)));
    } catch (const SystemError&) {
      continue;  // it came or went while we looked
    }
  }
  std::sort(states.begin(), states.end(), [](const ContainerState& a, const ContainerState& b) {
    return a.name != b.name ? a.name < b.name : a.lane < b.lane;
  });
  return states;
}

bool ContainerState::is_one_off(std::string_view of_name) const {
  return lane == word(Lane::one_off) && name == of_name;
}

std::optional<ContainerState> ContainerState::one_off(const AppName& app,
                                                      std::string_view name) {
  for (ContainerState& state : of(app))
    if (state.is_one_off(name)) return std::move(state);
  return std::nullopt;
}

}  // namespace hythe
