// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report.h"

#include <optional>
#include <string_view>

#include "lib/complaint.h"
#include "lib/process/cancelled.h"
#include "model/container/lanes.h"
#include "model/forge/link.h"
#include "model/standing.h"
#include "pipeline/launch.h"
#include "pipeline/pending.h"
#include "pipeline/route.h"

namespace hythe {
namespace {

struct Failure {
  Status status;
  std::string message;
  int exit_code;
};

/// Of an error that says nothing of it: as far as the deployment had come.
Status status_reached(Status status) {
  // Whatever crashed says so itself; what else goes wrong after the build is the host's.
  return status == Status::building || status == Status::pushing ? Status::build_error
                                                                 : Status::aborted;
}

Failure classify(const std::exception& error, const Progress& progress) {
  const Status reached = progress.record.status;
  if (dynamic_cast<const Cancelled*>(&error) != nullptr)
    return {Status::aborted, progress.cancellation.reason(), EX_TEMPFAIL};
  if (const auto* failure = dynamic_cast<const DeploymentFailure*>(&error))
    return {failure->status(), failure->what(), failure->exit_code()};
  if (const auto* refusal = dynamic_cast<const PushError*>(&error))
    return {status_reached(reached), refusal->what(), refusal->exit_code()};
  return {status_reached(reached), error.what(), EX_OSERR};
}

/// Of a rollback or an archive: app.yml still says what served before.
void say_where_the_branch_is(const Order& order, const App& wanted, Progress& progress) {
  const App before = App::load(order.app);
  const auto standing = order.archive ? Standing::after_archive(before, wanted.release)
                                      : Standing::after_rollback(before, wanted.release);
  if (order.archive && !standing.branch) return;  // there is nothing else that it could be
  progress.console.line(concat("hint: ", standing.describe()));
  if (standing.branch)
    progress.console.line(
        concat("hint: to build and serve the branch: hythe deploy ", order.app.view()));
}

/// A push by hand to an app that a forge deploys as well.
void say_what_the_link_will_do(const Order& order, Progress& progress) {
  const auto link = Link::load(order.app);
  if (order.kind != Order::Kind::push || !link || !link->is_automatic) return;
  progress.console.line(concat("hint: '", order.app.view(), "' is linked: the next push to ",
                               link->branch, " of ", link->address.url(),
                               " will replace this version"));
}

}  // namespace

void report_success(const Order& order, const Config& config, Progress& progress) {
  progress.print_phases();
  // Its state is still an intent: git may refuse.
  const auto pending = Pending::load(order.app);
  const App app = pending ? pending->wanted : App::load(order.app);
  if (app.is_stopped) {
    progress.console.line(concat("success: ", order.app.view(), " is stopped"));
    progress.console.line(concat("hint: start it: hythe start ", order.app.view()));
    return;
  }
  const std::string where = addresses(app, config);
  progress.console.line(concat("success: release ", app.release, " of ", order.app.view(),
                               where.empty() ? " runs, and receives no requests" : " serves"));
  if (order.change.release || order.archive) say_where_the_branch_is(order, app, progress);
  say_what_the_link_will_do(order, progress);
  if (!where.empty()) progress.console.line(concat("<-- ", where, " -->"));
}

void report_standing(const App& app, Progress& progress) {
  if (const auto standing = Standing::of(app))
    progress.console.detail(concat("until now ", standing->describe()));
}

int report_failure(const std::exception& error, const Order& order, const Config& config,
                   Progress& progress) {
  const Failure failure = classify(error, progress);
  const std::string phase = progress.phase();
  // The record first: it says what happened even when the log cannot, on a full disk.
  progress.finish(failure.status, failure.message.substr(0, failure.message.find('\n')));
  progress.print_phases();
  progress.console.problem(concat("Deployment ", progress.record.number, " of ",
                                  order.app.view(), " failed in '", phase, "' (",
                                  word(failure.status), ")"));
  progress.console.line(as_complaint(failure.message));
  const App app = App::load(order.app);
  const auto live = live_lane(order.app);
  if (app.release != 0 && live && has_containers(order.app, *live))
    progress.console.line(
        concat("hint: release ", app.release, " still serves ", addresses(app, config)));
  if (const auto standing = Standing::of(app))
    progress.console.line(concat("hint: ", standing->describe()));
  if (failure.status == Status::crashed_error || failure.status == Status::timeout_error)
    progress.console.line(concat("hint: all that it wrote: hythe logs ", order.app.view()));
  return failure.exit_code;
}

}  // namespace hythe
