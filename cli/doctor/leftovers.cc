// SPDX-License-Identifier: Apache-2.0
#include <poll.h>

#include <algorithm>
#include <set>
#include <utility>

#include "cli/doctor/examine.h"
#include "cli/doctor/start_anew.h"
#include "core/decimal.h"
#include "core/paths.h"
#include "lib/clock.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "model/container/lanes.h"
#include "model/helper.h"
#include "pipeline/build.h"

namespace hythe {
namespace {

using Answer = std::pair<std::string, std::string>;

std::set<Answer> inspect(const AppName& app) {
  std::set<Answer> found;
  for (const char* verb : {"inspect", "trees"})
    for (Answer& answer : answers_of(paths::kLaunchHelper, {verb, std::string(app.view())}))
      if (answer.first != kReleaseAnswer) found.insert(std::move(answer));
  return found;
}

/// What stays: the kernel takes a moment to end a network, and a removal takes its time.
std::set<Answer> what_stays(const AppName& app) {
  constexpr Milliseconds kLongest = std::chrono::seconds(3);
  constexpr int kLookAgainMs = 100;
  std::set<Answer> stays = inspect(app);
  for (const Deadline deadline(kLongest); !stays.empty() && !deadline.has_passed();) {
    ::poll(nullptr, 0, kLookAgainMs);
    std::set<Answer> both;
    const auto now = inspect(app);
    std::set_intersection(stays.begin(), stays.end(), now.begin(), now.end(),
                          std::inserter(both, both.end()));
    stays = std::move(both);
  }
  return stays;
}

void mend(const AppName& app) {
  call_helper(paths::kLaunchHelper, {"mend", std::string(app.view())});
}

Finding describe(const AppName& app, const Answer& answer) {
  const auto& [kind, name] = answer;
  if (kind == kBuildAnswer) {
    const auto deployment = static_cast<Number>(parse_decimal(name, kMaxNumber).value_or(0));
    return {.what = concat("the build of deployment ", name, " is left over"),
            .cure = [app, deployment] { discard_build(app, deployment); }};
  }
  if (kind == "firewall")
    return {.what = "its containers run without hythe's firewall, which something has removed",
            .cure = [app] { mend(app); }};
  return {.what = concat(kind == "crun" ? "crun's state" : "the " + kind, " '", name,
                         "' is left over"),
          .cure = [app] { mend(app); }};
}

/// Containers whose monitors were killed. Those that serve are replaced before they go.
Finding describe_unheld(const AppName& app, const std::string& names, const Caller& caller) {
  const auto live = live_lane(app);
  const bool serve = live && names.find(concat('.', word(*live), '.')) != std::string::npos;
  return {.what = concat("nothing restarts or logs ", names, ": its monitor was killed"),
          .cure = [app, serve, caller] {
            if (serve)
              start_anew(app, caller);
            else
              mend(app);
          }};
}

}  // namespace

Findings examine_leftovers(const AppName& app, const Caller& caller) {
  Findings findings;
  std::string unheld;
  for (const Answer& answer : what_stays(app))
    if (answer.first == "container")
      unheld += concat(unheld.empty() ? "'" : ", '", answer.second, "'");
    else
      findings.push_back(describe(app, answer));
  // What else is left over is theirs, and goes with them.
  if (!unheld.empty()) return {describe_unheld(app, unheld, caller)};
  return findings;
}

}  // namespace hythe
