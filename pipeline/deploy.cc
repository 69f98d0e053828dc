// SPDX-License-Identifier: Apache-2.0
#include "pipeline/deploy.h"

#include <memory>
#include <utility>

#include "lib/errors.h"
#include "model/container/lanes.h"
#include "pipeline/branch.h"
#include "pipeline/build.h"
#include "pipeline/dry_run.h"
#include "pipeline/fetch.h"
#include "pipeline/forge_status.h"
#include "pipeline/handover.h"
#include "pipeline/inheritance.h"
#include "pipeline/launch.h"
#include "pipeline/pending.h"
#include "pipeline/postdeploy.h"
#include "pipeline/probe.h"
#include "pipeline/release.h"
#include "pipeline/report.h"
#include "pipeline/retire.h"
#include "pipeline/rollback.h"
#include "pipeline/route.h"
#include "pipeline/unpack_source.h"
#include "pipeline/watch.h"

namespace hythe {
namespace {

AppLock wait_for_lock(const Order& order, Progress& progress) {
  return AppLock::take(order.app, progress.as_holder(), progress.cancellation,
                       [&progress](const LockHolder& holder) {
                         progress.console.step(concat("Waiting behind ", holder.describe()));
                       });
}

Release build_release(std::unique_ptr<Source> source, const Order& order, const App& app,
                      const Config& config, Progress& progress) {
  const Build built = build(*source, order, app, config, progress);

  progress.enter(Status::pushing, "release");
  return release(built, order, app, config, progress);
}

/// At boot nothing served before, to which traffic could go back.
bool is_to_be_watched(const Order& order, const Launched& launched, const Config& config) {
  return config.settings.watch > Milliseconds(0) && order.kind != Order::Kind::restore &&
         !launched.containers.empty();
}

}  // namespace

void deploy(Order order, Config config, Progress& progress, Audience& audience) {
  progress.enter(Status::queued, "wait");
  const AppLock lock = wait_for_lock(order, progress);
  progress.hold(&lock);
  settle(order.app, lock, config);
  App app = App::load(order.app);
  if (order.change.release) require_rollback_target(app, *order.change.release);
  order.change.apply_to(app);
  inherit_limits(app);
  if (order.builds()) app.is_stopped = false;  // whoever pushes wants it to serve
  config.limits = config.limits.with(app.limits);
  config.settings = config.settings.with(app.settings);
  if (order.kind == Order::Kind::deploy) order.commit = tip_of_branch(order);
  progress.console.line(concat("<-- Start deployment ", progress.record.number, " of ",
                               order.app.view(), " -->"));
  if (order.builds()) report_standing(app, progress);

  if (order.kind == Order::Kind::link) {
    progress.enter(Status::building, "fetch");
    order.commit = fetch(order, config, progress);
    progress.record.commit = order.commit.text();
    progress.record.save();
    report_to_forge(progress.record);
  }
  auto source = order.builds() ? unpack_source(order, config, progress) : nullptr;
  const std::string first_command = inherit(app, order, config, progress);
  const Release release = source
                              ? build_release(std::move(source), order, app, config, progress)
                              : Release::load(app.name, app.release);
  // Beyond this point the release is on disk: a reboot would not lose it.
  const Throwaway throwaway(order, release);

  Handover handover(app.name, lock, config, progress);
  app.release = progress.record.release = release.number;
  app.deployment = progress.record.number;
  progress.record.commit = release.commit;
  progress.record.archive = release.archive;
  if (!order.ref.empty()) app.ref = order.ref;
  app.waiting.clear();
  if (order.options.dry_run) leave_out_what_runs_once(app);
  progress.enter(Status::starting, "launch");
  Launched launched = launch(release, app, config, progress);
  if (!order.options.dry_run) prepare_route(launched, app, config);
  // At boot nothing else serves meanwhile, and what crashes then is started again and again:
  // it may wait for something that is not there yet.
  const bool is_boot = order.kind == Order::Kind::restore && !live_lane(app.name);
  if (!is_boot) {
    progress.enter(Status::starting, "boot");
    probe(launched, app, config, progress);
  }
  // Beyond this point the new containers answer, and nobody is sent to them yet.
  if (order.options.dry_run) return report_dry_run(order, release, launched, progress);

  if (order.builds()) {
    progress.enter(Status::starting, "postdeploy");
    postdeploy(release, app, config, progress);
    first_deploy(first_command, release, app, config, progress);
  }
  // Beyond this point the hook command has succeeded.

  if (!launched.stop_first.empty()) {
    audience.before_traffic_moves();  // a client that reads slowly is no reason for a gap
    progress.enter(Status::starting, "handover");
    handover.perform(launched, release, app);
    if (!is_boot) probe(launched, app, config, progress);
  }
  // Beyond this point whatever must not run twice is the new release's.

  progress.enter(Status::starting, "route");
  audience.before_traffic_moves();
  progress.cancellation.throw_if_cancelled();
  Pending pending{.wanted = app,
                  .lane = launched.lane.lane(),
                  .previous = live_lane(app.name),
                  .ref = branch_decides(order) ? order.ref : "",
                  .commit_id = order.commit.text(),
                  .receive_pack = order.receive_pack,
                  .is_watched = is_to_be_watched(order, launched, config)};
  if (!is_boot) require_running(launched, app.name, progress);
  move_traffic(pending, lock);
  // Beyond this point new requests reach the new release.

  try {
    watch(launched, pending, config.settings, progress);
  } catch (const std::exception&) {
    take_back(pending, launched, config, lock);
    throw;
  }
  progress.cancellation.disarm();
  // Beyond this point nothing cancels, and only git may still refuse.

  const auto require_accepted = [&] {
    if (pending.was_accepted()) return;
    take_back(pending, launched, config, lock);
    throw DeploymentFailure(Status::aborted, "git did not move the branch: traffic went back");
  };
  if (order.kind == Order::Kind::link) {
    if (!pending.ref.empty()) try_to_move_branch(order, lock);
    require_accepted();
  }
  try {
    audience.after_traffic_has_moved();
  } catch (const std::exception&) {
    // Whoever was to hear of it is gone. git has an answer all the same, and that counts.
  }
  require_accepted();
  pending.commit();
  handover.keep();
  launched.leave();
  // Beyond this point the deployment has succeeded. Nothing below may fail it.

  try {
    retire_all_but_live(app.name, config);
  } catch (const std::exception& error) {
    progress.console.line(concat("warning: the old containers still run: ", error.what()));
  }
  // Last: as long as the record is open, the settler knows of something to do.
  progress.finish(Status::success);
}

}  // namespace hythe
