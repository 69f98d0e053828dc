// SPDX-License-Identifier: Apache-2.0
#include "cli/doctor/examine.h"
#include "cli/doctor/start_anew.h"
#include "lib/errors.h"
#include "model/container/container_state.h"
#include "model/container/lanes.h"
#include "model/deployment.h"
#include "pipeline/missing.h"
#include "pipeline/pending.h"
#include "pipeline/retire.h"

namespace hythe {
namespace {

/// A drain that was killed is one that should have ended by now.
constexpr Milliseconds kGrace = std::chrono::seconds(45);

class Examination {
 public:
  Examination(App app, const Config& config, const Caller& caller)
      : app_(std::move(app)), config_(config), caller_(caller) {}

  Findings all() {
    look_at_intent();
    look_at_records();
    look_at_what_is_missing();
    look_at_containers();
    return std::move(findings_);
  }

 private:
  void look_at_intent() {
    if (!Pending::load(app_.name)) return;
    findings_.push_back({.what = "its deployment was killed while traffic moved",
                         .cure = [name = app_.name, config = config_, caller = caller_] {
                           const AppLock lock = take_lock(name, "doctor", caller);
                           settle(name, lock, config);
                         }});
  }
  void look_at_records() {
    for (const Deployment& last : Deployment::newest(app_.name, 1)) {
      newest_ended_ = last.finished;
      if (is_final(last.status)) continue;
      findings_.push_back({.what = concat("deployment ", last.number, " is recorded as ",
                                          word(last.status), ", and no process is at it"),
                           .cure = [name = app_.name, number = last.number, config = config_] {
                             sweep_after(name, number, config);
                           }});
    }
  }
  void look_at_what_is_missing() {
    std::string names;
    for (const std::string& name : missing_containers(app_))
      names += concat(names.empty() ? "'" : ", '", name, "'");
    if (names.empty()) return;
    findings_.push_back(
        {.what = concat(names, " of release ", app_.release, " should run"),
         .cure = [name = app_.name, caller = caller_] { start_anew(name, caller); }});
  }
  void look_at_containers() {
    const auto live = live_lane(app_.name);
    bool is_left_behind = false;
    for (const ContainerState& container : ContainerState::of(app_.name)) {
      if (live && container.lane == word(*live)) {
        if (container.status == "crashed")
          findings_.push_back(
              {.what =
                   concat("'", container.name, "' has crashed: it ", container.last.describe()),
               .way_out = concat("hythe logs ", app_.name.view(), " says why; hythe restart ",
                                 app_.name.view(), " tries again")});
        continue;
      }
      const bool drains =
          unix_time() - newest_ended_ < config_.settings.with(app_.settings).drain + kGrace;
      if (container.lane != word(Lane::one_off) && !drains) is_left_behind = true;
    }
    if (is_left_behind)
      findings_.push_back({.what = "containers of an older release still run",
                           .cure = [name = app_.name, config = config_, caller = caller_] {
                             const AppLock lock = take_lock(name, "doctor", caller);
                             retire_all_but_live(name, config);
                           }});
  }

  App app_;
  const Config& config_;
  const Caller& caller_;
  Milliseconds newest_ended_{};
  Findings findings_{};
};

}  // namespace

Findings examine_state(const AppName& name, const Config& config, const Caller& caller) {
  try {
    return Examination(App::load(name), config, caller).all();
  } catch (const std::exception& error) {
    return {{.what = error.what(), .way_out = "put the file back from a backup"}};
  }
}

}  // namespace hythe
