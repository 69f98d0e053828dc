// SPDX-License-Identifier: Apache-2.0
#include "pipeline/garbage.h"

#include <poll.h>

#include <algorithm>
#include <iterator>

#include "core/paths.h"
#include "lib/errors.h"
#include "model/container/container_state.h"
#include "model/container/lanes.h"
#include "model/deployment.h"
#include "model/helper.h"
#include "model/release.h"
#include "pipeline/build.h"
#include "pipeline/pending.h"

namespace hythe {
namespace {

constexpr const char* kDoing = "gc";  // as the lock's holder

std::set<Number> in_use_by_containers(const AppName& app) {
  std::set<Number> releases;
  for (const ContainerState& container : ContainerState::of(app))
    releases.insert(container.release);
  return releases;
}

/// One that waits for its turn still has everything before it.
bool is_queued(const AppName& app, Number number) {
  const auto record = Deployment::load(app, number);
  return record && record->status == Status::queued;
}

/// Those that are neither of the newest nor the last word on a release that is kept.
std::set<Number> surplus_deployments(const AppName& app, const std::set<Number>& needed,
                                     std::size_t count) {
  const auto numbers = Deployment::numbers(app);
  std::set<Number> surplus;
  for (std::size_t i = 0; i + count < numbers.size(); ++i)
    if (!needed.contains(numbers[i]) && !is_queued(app, numbers[i])) surplus.insert(numbers[i]);
  return surplus;
}

/// A release's record stays as long as its tree, or a deployment that speaks of it.
void prune_release_records(const AppName& app) {
  std::set<Number> spoken_of = Trees::of(app).releases;
  for (const Number number : Deployment::numbers(app))
    if (const auto record = Deployment::load(app, number)) spoken_of.insert(record->release);
  Release::prune(app, [&](Number number) { return spoken_of.contains(number); });
}

}  // namespace

std::set<Number> releases_to_keep(const std::set<Number>& on_disk, Number serving,
                                  const ServingHistory& history, const std::set<Number>& in_use,
                                  std::size_t count) {
  const std::set<Number> newest = history.newest(count);
  const Number before = history.before(serving);
  std::set<Number> kept;
  for (const Number release : on_disk)
    if (release == serving || release == before || in_use.contains(release) ||
        newest.contains(release))
      kept.insert(release);
  return kept;
}

Garbage Garbage::of(const App& app, const Config& config) {
  const Trees trees = Trees::of(app.name);
  const auto history = ServingHistory::of(app.name);
  const auto kept = releases_to_keep(trees.releases, app.release, history,
                                     in_use_by_containers(app.name), config.keep_releases);
  Garbage garbage{.builds = trees.builds,
                  .deployments = surplus_deployments(
                      app.name, history.needed(kept, app.release), config.keep_deployments)};
  std::set_difference(trees.releases.begin(), trees.releases.end(), kept.begin(), kept.end(),
                      std::inserter(garbage.releases, garbage.releases.end()));
  return garbage;
}

void forget_garbage(const AppName& name, const AppLock&, const Config& config) {
  const App app = App::load(name);
  const Garbage garbage = Garbage::of(app, config);
  for (const Number build : garbage.builds) discard_build(name, build);
  for (const Number release : garbage.releases) {
    try {
      call_helper(paths::kLaunchHelper,
                  {"forget", std::string(name.view()), std::to_string(release)});
    } catch (const PushError& refusal) {
      // A one-off was started from it a moment ago.
      if (refusal.exit_code() != EX_TEMPFAIL) throw;
    }
  }
  for (const Number deployment : garbage.deployments) Deployment::remove(name, deployment);
  prune_release_records(name);
}

void sweep(const AppName& app) {
  call_helper(paths::kLaunchHelper, {"sweep", std::string(app.view())});
}

void wait_until_retired(const AppName& app) {
  constexpr Milliseconds kLongest = std::chrono::minutes(1);
  constexpr int kLookAgainMs = 200;
  const auto is_retiring = [&app](Lane lane) {
    return live_lane(app) != lane && has_containers(app, lane);
  };
  for (const Deadline deadline(kLongest); !deadline.has_passed();) {
    if (std::none_of(kLiveLanes.begin(), kLiveLanes.end(), is_retiring)) return;
    ::poll(nullptr, 0, kLookAgainMs);
  }
}

void collect_garbage(const AppName& name, const Config& config) {
  const auto holder = AppLock::holder(name);
  if (holder && holder->doing != kDoing) return;
  if (Garbage::of(App::load(name), config).is_empty()) return;
  {
    const Cancellation never;
    const AppLock lock = AppLock::take(name, {.doing = kDoing, .since = unix_time()}, never,
                                       [](const LockHolder&) {});
    settle(name, lock, config);
    forget_garbage(name, lock, config);
  }
  sweep(name);
}

}  // namespace hythe
