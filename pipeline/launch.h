// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <poll.h>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "core/slot.h"
#include "model/app.h"
#include "model/config.h"
#include "model/container/container_end.h"
#include "model/helper.h"
#include "model/release.h"
#include "pipeline/progress.h"

namespace hythe {

/// One container of the formation that a release is launched with.
struct Place {
  std::string name;    // "web.1"
  std::string type{};  // "web"
  std::string command;
  Position position{};
  bool receives_traffic = false;
};

/// Whether requests or connections reach containers of that type.
[[nodiscard]] bool receives_traffic(const std::string& type);

/// Which containers an app wants of a release: first `web`, then `tcp`, then all others; none
/// while it is stopped. Throws PushError when that is more than a lane holds.
[[nodiscard]] std::vector<Place> formation(const App& app, const Release& release);

/// A container that was started and is not yet known to be kept. It is killed when this
/// object goes, unless its lane is live by then: root looks, so that nothing is left over
/// even when we are killed.
struct Starting {
  Place place;
  Helper helper;
  Answers answers{};
  int pid = 0;                                    // of its init, once it runs
  std::chrono::steady_clock::time_point since{};  // when it was seen to run
  std::string address{};                          // where it receives traffic
  bool has_answered = false;                      // on its port
  bool is_up = false;                             // it has passed its probe
  ContainerEnd end{};

  /// Takes what the helper has said since; never blocks. False when it says no more.
  bool read_answers();
};

/// The lane that a deployment starts in. Unless it was left, it is empty again when this
/// object goes, even of containers whose monitor was killed, and unless it is live.
class StartingLane {
 public:
  StartingLane(const AppName& app, Lane lane) : app_(app), lane_(lane) {}
  StartingLane(StartingLane&& other) noexcept;
  StartingLane& operator=(StartingLane&&) = delete;
  ~StartingLane();

  [[nodiscard]] Lane lane() const { return lane_; }
  void leave() { is_ours_ = false; }

 private:
  AppName app_;
  Lane lane_;
  bool is_ours_ = true;
};

struct Launched {
  StartingLane lane;  // goes after the containers, whose end it waits for
  Milliseconds since{};
  std::vector<Starting> containers{};
  std::vector<Place> stop_first{};  // not started yet: their predecessors have to end before

  /// How many containers of a process type there are.
  [[nodiscard]] unsigned count(std::string_view type) const;
  /// The lane is live: the monitors are on their own from now on.
  void leave();
};

/// Starts every container of the formation at once, in a lane that is free, but for those of
/// stop-first types, and returns when all of them run. Throws DeploymentFailure
/// (crashed-error) when one could not be started.
[[nodiscard]] Launched launch(const Release& release, const App& app, const Config& config,
                              Progress& progress);

/// Starts those of stop-first types, likewise.
void launch_stop_first(Launched& launched, const Release& release, const App& app,
                       const Config& config, Progress& progress);

/// The container of that place, in a lane that is live: nobody holds its lease, and it is its
/// monitor's. Throws PushError when it does not start.
void start_alone(const Place& place, Lane lane, const Release& release, const App& app,
                 const Config& config);

/// For poll(2): that any of them says something, as each does when it ends.
[[nodiscard]] std::vector<pollfd> ends_of(const Launched& launched);

/// Throws DeploymentFailure (crashed-error) when a container has ended since its start.
void require_running(Launched& launched, const AppName& app, Progress& progress);

/// The failure of a container that ended before it should, with its last log lines shown.
[[noreturn]] void fail_as_crashed(const Starting& container, const Launched& launched,
                                  const AppName& app, Progress& progress);

}  // namespace hythe
