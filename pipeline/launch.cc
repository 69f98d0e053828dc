// SPDX-License-Identifier: Apache-2.0
#include "pipeline/launch.h"

#include <algorithm>
#include <utility>

#include "core/decimal.h"
#include "core/paths.h"
#include "lib/descriptors.h"
#include "model/app_log.h"
#include "model/container/lanes.h"
#include "pipeline/environment.h"
#include "pipeline/free_lane.h"

namespace hythe {
namespace {

Helper start(const Place& place, Lane lane, const Release& release, const App& app,
             const Config& config) {
  Helper helper =
      Helper::start(paths::kLaunchHelper,
                    {"start", std::string(app.name.view()), std::to_string(release.number),
                     word(lane), std::to_string(place.position.value), place.name});
  const auto command = container_command(app, release, place.name, place.command,
                                         place.receives_traffic ? kAppPort : 0, config);
  helper.tell(command.encode());
  helper.close_input();
  return helper;
}

void wait_until_started(Starting& container, const Launched& launched, const AppName& app,
                        Progress& progress) {
  constexpr Milliseconds kLongest = std::chrono::seconds(60);  // a start waits for its
  const Deadline deadline(kLongest);                           // predecessor's end
  while (container.pid == 0) {
    pollfd answer{.fd = container.helper.answers(), .events = POLLIN, .revents = 0};
    if (!progress.cancellation.wait({&answer, 1}, deadline))
      throw DeploymentFailure(
          Status::timeout_error,
          concat(container.place.name, " could not be started within ", duration(kLongest)));
    const bool goes_on = container.read_answers();
    if (container.end.is_known && container.pid == 0)
      fail_as_crashed(container, launched, app, progress);
    if (!goes_on && container.pid == 0)
      throw DeploymentFailure(Status::crashed_error,
                              concat(container.place.name, " could not be started: ",
                                     printable(container.helper.message())));
  }
}

void start_all(Launched& launched, const std::vector<Place>& places, const Release& release,
               const App& app, const Config& config) {
  for (const Place& place : places) {
    launched.containers.push_back(
        {.place = place, .helper = start(place, launched.lane.lane(), release, app, config)});
    set_nonblocking(launched.containers.back().helper.answers());
  }
}

void wait_until_all_run(Launched& launched, const AppName& app, Progress& progress) {
  for (Starting& container : launched.containers)
    wait_until_started(container, launched, app, progress);
}

std::string names_of(const std::vector<Place>& places) {
  std::string names;
  for (const Place& place : places) names += (names.empty() ? "" : ", ") + place.name;
  return names;
}

}  // namespace

bool receives_traffic(const std::string& type) {
  return type == "web" || type == "tcp";
}

std::vector<Place> formation(const App& app, const Release& release) {
  std::vector<Place> places;
  if (app.is_stopped) return places;
  const auto add = [&](const ProcessCommand& process, bool with_traffic) {
    for (unsigned index = 1; index <= app.count(process.type); ++index)
      places.push_back({.name = concat(process.type, '.', index),
                        .type = process.type,
                        .command = process.command,
                        .position = {static_cast<unsigned>(places.size())},
                        .receives_traffic = with_traffic});
  };
  // Root knows them by their positions: first those for nginx, then those for the port.
  for (const std::string_view receiver : {"web", "tcp"})
    for (const ProcessCommand& process : release.types)
      if (process.type == receiver) add(process, true);
  for (const ProcessCommand& process : release.types)
    if (!receives_traffic(process.type) && process.type != "postdeploy") add(process, false);
  if (places.size() > Position::kCount)
    throw PushError(concat("the formation has ", places.size(), " containers, an app can have ",
                           Position::kCount, "\nscale it down: hythe scale ", app.name.view(),
                           " web=1"));
  return places;
}

bool Starting::read_answers() {
  std::string bytes;
  const bool goes_on = read_some(helper.answers(), bytes);
  answers.feed(bytes);
  while (const auto answer = answers.next()) {
    if (answer->first == "started") {
      pid = static_cast<int>(parse_decimal(answer->second, 1U << 30U).value_or(0));
      since = std::chrono::steady_clock::now();
    }
    if (answer->first == "address") address = answer->second;
    end.take(answer->first, answer->second);
  }
  return goes_on;
}

unsigned Launched::count(std::string_view type) const {
  return static_cast<unsigned>(std::count_if(
      containers.begin(), containers.end(),
      [type](const Starting& container) { return container.place.type == type; }));
}

void Launched::leave() {
  for (Starting& container : containers) container.helper.leave();
  lane.leave();
}

StartingLane::StartingLane(StartingLane&& other) noexcept
    : app_(other.app_), lane_(other.lane_), is_ours_(std::exchange(other.is_ours_, false)) {}

StartingLane::~StartingLane() {
  if (!is_ours_) return;
  try {
    if (live_lane(app_) == lane_) return;  // traffic has moved: whoever settles it decides
    clear_lane(app_, lane_);
  } catch (const std::exception&) {
    // Whoever starts in this lane next clears it first.
  }
}

Launched launch(const Release& release, const App& app, const Config& config,
                Progress& progress) {
  std::vector<Place> places = formation(app, release);
  const auto later = std::stable_partition(
      places.begin(), places.end(),
      [&app](const Place& place) { return !app.stop_first.contains(place.type); });
  Launched launched{.lane = {app.name, free_lane(app.name, config, progress)},
                    .since = unix_time(),
                    .stop_first = {later, places.end()}};
  places.erase(later, places.end());
  start_all(launched, places, release, app, config);
  progress.record.lane = launched.lane.lane();
  progress.record.save();
  if (!places.empty()) progress.console.step(concat("Starting ", names_of(places)));
  if (places.empty() && launched.stop_first.empty())
    progress.console.step(app.is_stopped
                              ? "Nothing to start: the app is stopped"
                              : "Nothing to start: every process type is scaled to 0");
  wait_until_all_run(launched, app.name, progress);
  return launched;
}

void launch_stop_first(Launched& launched, const Release& release, const App& app,
                       const Config& config, Progress& progress) {
  progress.console.step(concat("Starting ", names_of(launched.stop_first)));
  start_all(launched, std::exchange(launched.stop_first, {}), release, app, config);
  wait_until_all_run(launched, app.name, progress);
}

void start_alone(const Place& place, Lane lane, const Release& release, const App& app,
                 const Config& config) {
  Starting container{.place = place, .helper = start(place, lane, release, app, config)};
  while (container.pid == 0 && container.read_answers()) {
  }
  if (container.pid == 0) throw PushError(container.helper.message());
  container.helper.leave();
}

std::vector<pollfd> ends_of(const Launched& launched) {
  std::vector<pollfd> fds;
  for (const Starting& container : launched.containers)
    fds.push_back({.fd = container.helper.answers(), .events = POLLIN, .revents = 0});
  return fds;
}

void require_running(Launched& launched, const AppName& app, Progress& progress) {
  for (Starting& container : launched.containers) {
    const bool goes_on = container.read_answers();
    if (container.end.is_known || !goes_on) fail_as_crashed(container, launched, app, progress);
  }
}

void fail_as_crashed(const Starting& container, const Launched& launched, const AppName& app,
                     Progress& progress) {
  constexpr std::size_t kLines = 20;
  const std::string& name = container.place.name;
  const auto lines = last_log_lines(app, name, launched.lane.lane(), launched.since, kLines);
  if (lines.empty())
    progress.console.problem(concat(name, " wrote nothing before it ended"));
  else
    progress.console.problem(concat("the last lines of ", name, ":"));
  for (const std::string& line : lines) progress.console.detail(line);
  std::string when = " after its start";
  if (container.place.receives_traffic && !container.has_answered)
    when = concat(" before it listened on port ", kAppPort);
  throw DeploymentFailure(Status::crashed_error,
                          concat(name, ' ', container.end.describe(), when));
}

}  // namespace hythe
