// SPDX-License-Identifier: Apache-2.0
#include "pipeline/postdeploy.h"

#include "core/paths.h"
#include "lib/descriptors.h"
#include "model/container/container_end.h"
#include "model/helper.h"
#include "pipeline/environment.h"

namespace hythe {
namespace {

constexpr const char* kProcess = "postdeploy.1";

/// hythe-launch could not run the command at all, and says why.
constexpr int kNotRun = 125;

void stream(const Helper& helper, Progress& progress, const Deadline& deadline) {
  bool is_open[] = {true, true};
  while (is_open[0] || is_open[1]) {
    pollfd fds[] = {
        {.fd = is_open[0] ? helper.answers() : -1, .events = POLLIN, .revents = 0},
        {.fd = is_open[1] ? helper.messages() : -1, .events = POLLIN, .revents = 0}};
    if (!progress.cancellation.wait(fds, deadline)) return;
    for (int i = 0; i < 2; ++i) {
      std::string bytes;
      if (fds[i].revents != 0) is_open[i] = read_some(fds[i].fd, bytes);
      progress.console.output(bytes);
    }
  }
}

/// `name` is what users call it.
void run_hook(const std::string& name, const std::string& command, const Release& release,
              const App& app, const Config& config, Progress& progress) {
  progress.console.step(concat("Running ", name, ": ", printable(command)));
  Helper helper = Helper::start(
      paths::kLaunchHelper,
      {"run", std::string(app.name.view()), std::to_string(release.number), kProcess});
  helper.tell(container_command(app, release, kProcess, command, 0, config).encode());
  helper.close_input();
  const Deadline deadline(config.limits.postdeploy_timeout);
  stream(helper, progress, deadline);
  if (deadline.has_passed())
    throw DeploymentFailure(
        Status::hook_error,
        concat(name, " did not end within ", duration(config.limits.postdeploy_timeout),
               "\nmake it shorter, or raise 'limits.postdeploy_timeout' in ", paths::kConfig));
  ContainerEnd end{.is_known = true, .status = helper.child().wait()};
  helper.leave();
  if (end.status.code == kNotRun)
    throw DeploymentFailure(Status::hook_error,
                            concat("the container of ", name, " could not be run"));
  if (!end.is_success())
    throw DeploymentFailure(Status::hook_error, concat(name, ' ', end.describe()));
}

}  // namespace

void postdeploy(const Release& release, const App& app, const Config& config,
                Progress& progress) {
  if (const std::string* command = release.command("postdeploy"))
    run_hook("postdeploy", *command, release, app, config, progress);
}

void first_deploy(const std::string& command, const Release& release, const App& app,
                  const Config& config, Progress& progress) {
  if (!command.empty()) run_hook("first-deploy", command, release, app, config, progress);
}

}  // namespace hythe
