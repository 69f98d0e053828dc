// SPDX-License-Identifier: Apache-2.0
#include <poll.h>
#include <sysexits.h>

#include <cerrno>
#include <iostream>

#include "cli/commands.h"
#include "cli/deployment_named.h"
#include "lib/clock.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/process/beacon.h"
#include "model/app.h"
#include "model/app_lock.h"

namespace hythe {
namespace {

/// The one that holds the app's lock; while that changes hands, the one that has waited
/// longest.
Deployment under_way(const AppName& app) {
  constexpr std::size_t kEnough = 100;
  if (const auto holder = AppLock::holder(app); holder && holder->deployment != 0)
    if (auto deployment = Deployment::load(app, holder->deployment)) return *deployment;
  std::optional<Deployment> longest;
  for (Deployment& deployment : Deployment::newest(app, kEnough))
    if (!is_final(deployment.status) && Beacon::see(deployment.beacon_path()))
      longest = std::move(deployment);
  if (longest) return *longest;
  throw PushError(concat("nothing of '", app.view(), "' is being deployed",
                         "\nwhat was: hythe deployments ", app.view()),
                  EX_UNAVAILABLE);
}

/// Returns when it is gone, or does not listen any more: then traffic has moved.
void call(const Deployment& deployment, const UniqueFd& beacon, const Caller& caller) {
  constexpr Milliseconds kLongest = std::chrono::seconds(60);  // it ends containers
  write_all(beacon.get(), caller.name + '\n');
  const Deadline deadline(kLongest);
  pollfd gone{.fd = beacon.get(), .events = 0, .revents = 0};
  int ready = 0;
  do {
    ready = ::poll(&gone, 1, deadline.left_ms());
  } while (ready < 0 && errno == EINTR);
  if (ready == 0)
    throw PushError(concat("deployment ", deployment.number, " was told, and has not ended yet",
                           "\nwatch it: hythe deployments ", deployment.app.view(), ' ',
                           deployment.number, " -f"),
                    EX_TEMPFAIL);
}

/// Why it could not be cancelled.
[[noreturn]] void refuse(const Deployment& deployment) {
  const std::string name =
      concat("deployment ", deployment.number, " of '", deployment.app.view(), "'");
  if (is_final(deployment.status))
    throw PushError(concat(name, " is over: ", word(deployment.status)), EX_UNAVAILABLE);
  const auto holder = AppLock::holder(deployment.app);
  if (holder && holder->deployment == deployment.number)
    throw PushError(concat("it is too late: traffic has moved to ", name), EX_UNAVAILABLE);
  throw PushError(concat(name, " does not run any more: it was killed"), EX_UNAVAILABLE);
}

}  // namespace

int cancel(Arguments& arguments, const Caller& caller) {
  const App app = App::load(arguments.app());
  const auto number = arguments.optional_word();
  arguments.end();
  Deployment deployment = number ? deployment_named(app.name, *number) : under_way(app.name);
  const UniqueFd beacon = Beacon::see(deployment.beacon_path());
  if (!is_final(deployment.status) && beacon) call(deployment, beacon, caller);
  deployment = Deployment::load(app.name, deployment.number).value_or(deployment);
  if (!beacon || deployment.status != Status::aborted) refuse(deployment);
  std::cout << "Cancelled deployment " << deployment.number << " of " << app.name.view()
            << '\n';
  return EX_OK;
}

}  // namespace hythe
