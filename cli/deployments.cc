// SPDX-License-Identifier: Apache-2.0
#include <poll.h>
#include <sysexits.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <iostream>

#include "cli/commands.h"
#include "cli/deployment_named.h"
#include "lib/printable.h"
#include "lib/process/beacon.h"
#include "model/app.h"
#include "model/app_lock.h"
#include "model/deployment.h"
#include "model/log_follower.h"
#include "model/standing.h"

namespace hythe {
namespace {

constexpr std::size_t kShown = 20;

/// What whoever asked for it said of it, and why it was not served.
std::string remark(const Deployment& deployment) {
  std::string text;
  if (!deployment.message.empty()) text += concat("  ", printable(deployment.message, 800));
  if (deployment.status == Status::aborted) text += concat("  (", deployment.reason, ')');
  return text;
}

int list_newest(const AppName& app) {
  for (const Deployment& deployment : Deployment::newest(app, kShown)) {
    char line[512];
    std::snprintf(line, sizeof line, "%5u  %-13s  %-8s  %-12s  %s  %-7s", deployment.number,
                  word(deployment.status), deployment.trigger.c_str(), deployment.who.c_str(),
                  date_and_time(deployment.started).c_str(),
                  short_version(deployment.commit, deployment.archive).c_str());
    std::cout << line << remark(deployment) << '\n';
  }
  if (const auto standing = Standing::of(App::load(app)))
    std::cout << standing->describe() << '\n';
  return EX_OK;
}

/// Whether nothing more will come. One that was killed never says so itself; that its beacon
/// is out and that it does not hold the app's lock does.
bool is_over(const Deployment& deployment) {
  const auto now = Deployment::load(deployment.app, deployment.number);
  if (!now || is_final(now->status)) return true;
  if (Beacon::see(deployment.beacon_path())) return false;
  const auto holder = AppLock::holder(deployment.app);
  return !holder || holder->deployment != deployment.number;
}

int show_log(const Deployment& deployment, bool follows) {
  LogFollower log(deployment.log_path(), STDOUT_FILENO, colours_for(STDOUT_FILENO));
  for (;;) {
    const bool was_over = !follows || is_over(deployment);
    if (!log.copy()) return EX_IOERR;
    if (was_over && !log.has_more()) break;
    pollfd fds[] = {{.fd = log.changed_fd(), .events = POLLIN, .revents = 0},
                    {.fd = STDOUT_FILENO,
                     .events = static_cast<short>(log.has_more() ? POLLOUT : 0),
                     .revents = 0}};
    constexpr int kLookAtLockMs = 1000;  // the death of a deployment is no event here
    if (::poll(fds, std::size(fds), kLookAtLockMs) < 0 && errno != EINTR)
      throw SystemError(errno, "poll");
    if ((fds[1].revents & (POLLERR | POLLHUP)) != 0) return EX_IOERR;
  }
  const auto now = Deployment::load(deployment.app, deployment.number);
  return now && now->status == Status::success ? EX_OK : follows ? EX_UNAVAILABLE : EX_OK;
}

}  // namespace

int deployments(Arguments& arguments, const Caller&) {
  const bool follows = arguments.flag("-f");
  const App app = App::load(arguments.app());
  const auto number = arguments.optional_word();
  arguments.end();
  if (number) return show_log(deployment_named(app.name, *number), follows);
  if (!follows) return list_newest(app.name);
  const auto newest = Deployment::newest(app.name, 1);
  if (newest.empty())
    throw PushError(concat("'", app.name.view(), "' has no deployment yet"), EX_NOINPUT);
  return show_log(newest.front(), true);
}

}  // namespace hythe
