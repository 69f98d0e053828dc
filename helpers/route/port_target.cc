// SPDX-License-Identifier: Apache-2.0
#include "helpers/route/port_target.h"

#include "core/decimal.h"
#include "core/paths.h"
#include "helpers/directory.h"
#include "helpers/tcp_table.h"
#include "helpers/text.h"

namespace hythe::route_helper {
namespace {

constexpr std::string_view kContainers = "containers";
static_assert(std::string_view(paths::kContainers).ends_with("/containers"));

/// What runs now; the monitors write there, and are root's as we are.
class Containers {
 public:
  explicit Containers(const AppName& app) noexcept
      : directory_(root::Directory::open(paths::kRun).find(kContainers.data())), app_(app) {}

  [[nodiscard]] bool is_down(Lane lane, unsigned position) const noexcept {
    const root::PathText id(app_.view(), '.', letter(lane), '.', position);
    const auto container = directory_ ? directory_->find(id.c_str()) : std::nullopt;
    char memory[1024];
    const auto state = container ? container->read("state", memory) : std::nullopt;
    if (!state || value_in_state(*state, "status") != "running") return true;
    // One that never ended was seen to listen by whoever made its lane live.
    if (value_in_state(*state, "restarts") == "0") return false;
    const auto pid = parse_decimal(value_in_state(*state, "pid"), 1U << 30U).value_or(0);
    return !root::has_tcp_socket(static_cast<pid_t>(pid), kAppPort, root::TcpState::listening);
  }

 private:
  std::optional<root::Directory> directory_;
  const AppName& app_;
};

}  // namespace

std::string_view value_in_state(std::string_view state, std::string_view key) noexcept {
  while (!state.empty()) {
    const std::size_t end = state.find('\n');
    if (end == std::string_view::npos) break;
    std::string_view line(state.data(), end);
    state.remove_prefix(end + 1);
    if (!line.starts_with(key) || line.size() == key.size() || line[key.size()] != ' ')
      continue;
    line.remove_prefix(key.size() + 1);
    return line;
  }
  return {};
}

PortTarget target_in(Lane lane, const AppName& app, Slot slot,
                     const RouteTable& table) noexcept {
  PortTarget all{.lane = lane};
  PortTarget up{.lane = lane};
  const Containers containers(app);
  for (unsigned i = 0; i < table.tcp[lane]; ++i) {
    const unsigned position = table.web[lane] + i;
    all.add(slot, position);
    if (!containers.is_down(lane, position)) up.add(slot, position);
  }
  return up.count != 0 ? up : all;
}

}  // namespace hythe::route_helper
