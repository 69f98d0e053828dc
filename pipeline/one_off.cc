// SPDX-License-Identifier: Apache-2.0
#include "pipeline/one_off.h"

#include <algorithm>

#include "core/paths.h"
#include "lib/descriptors.h"
#include "lib/terminal/terminal.h"
#include "model/container/container_state.h"
#include "pipeline/environment.h"

namespace hythe {
namespace {

void set_variable(ContainerCommand& command, const std::string& name,
                  const std::string& value) {
  std::erase_if(command.environment, [prefix = concat(name, '=')](const std::string& variable) {
    return variable.starts_with(prefix);
  });
  command.environment.push_back(concat(name, '=', value));
}

ContainerCommand command_of(App app, const Release& release, const std::string& name,
                            const OneOffOrder& order, const Config& config) {
  if (order.size) app.sizes[std::string(kOneOff)] = *order.size;
  ContainerCommand command = container_command(app, release, name, order.command, 0, config);
  for (const auto& [variable, value] : order.environment)
    set_variable(command, variable, value);
  command.time = order.time;
  command.terminal = order.terminal;
  if (order.terminal && !order.environment.contains("TERM"))
    if (const auto kind = terminal_kind()) set_variable(command, "TERM", *kind);
  return command;
}

bool is_taken(const std::vector<ContainerState>& containers, const std::string& name) {
  return std::any_of(containers.begin(), containers.end(),
                     [&](const ContainerState& state) { return state.is_one_off(name); });
}

/// What comes behind the answer `started PID`; nullopt when that never comes.
std::optional<std::string> wait_for_start(const Helper& helper) {
  std::string bytes;
  for (;;) {
    const auto key = bytes.find('\0');
    const auto end = key == std::string::npos ? key : bytes.find('\0', key + 1);
    if (end != std::string::npos) return bytes.substr(end + 1);
    if (!read_some(helper.answers(), bytes)) return std::nullopt;
  }
}

}  // namespace

OneOff OneOff::start(const App& app, const Release& release, const OneOffOrder& order,
                     const Config& config) {
  const auto running = ContainerState::of(app.name);
  for (unsigned index = 1; index <= kMostOneOffs; ++index) {
    const std::string name = concat(kOneOff, '.', index);
    if (is_taken(running, name)) continue;
    Helper helper =
        Helper::start(paths::kLaunchHelper,
                      {order.is_detached ? "detach" : "attach", std::string(app.name.view()),
                       std::to_string(release.number), name});
    helper.tell(command_of(app, release, name, order, config).encode());
    if (auto output = wait_for_start(helper)) return {name, std::move(helper), *output};
    const std::string message = helper.message();
    const ExitStatus status = helper.child().wait();
    helper.leave();
    // Somebody else was faster with the name, or a build has its place.
    if (status.code == EX_TEMPFAIL) continue;
    throw PushError(message.empty() ? concat("the container ", status.describe()) : message,
                    kNotStarted);
  }
  throw PushError(concat("all ", kMostOneOffs, " places for one-offs of '", app.name.view(),
                         "' are taken\nwhat runs: hythe ps ", app.name.view()),
                  kNotStarted);
}

}  // namespace hythe
