// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report.h"

#include <optional>
#include <string_view>

#include "lib/cancelled.h"
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
  if (status == Status::queued) return Status::aborted;
  return status == Status::starting ? Status::crashed_error : Status::build_error;
}

Failure classify(const std::exception& error, Status reached) {
  if (dynamic_cast<const Cancelled*>(&error) != nullptr)
    return {Status::aborted, "cancelled: whoever asked for it went away", EX_TEMPFAIL};
  if (const auto* failure = dynamic_cast<const DeploymentFailure*>(&error))
    return {failure->status(), failure->what(), failure->exit_code()};
  if (const auto* refusal = dynamic_cast<const PushError*>(&error))
    return {status_reached(reached), refusal->what(), refusal->exit_code()};
  return {status_reached(reached), error.what(), EX_OSERR};
}

/// The first line is the error, the others say what to do about it.
void print_message(std::string_view message, Console& console) {
  const char* keyword = "error: ";
  while (!message.empty()) {
    const auto end = message.find('\n');
    console.line(concat(keyword, message.substr(0, end)));
    message = end == std::string_view::npos ? std::string_view{} : message.substr(end + 1);
    keyword = "hint: ";
  }
}

std::string url(const AppName& app, const Config& config) {
  return concat("http://", domain_of(app, config));
}

}  // namespace

void report_success(const Order& order, const Config& config, Progress& progress) {
  progress.print_phases();
  progress.console.line(concat("success: release ", progress.record.release, " of ",
                               order.app.view(), " serves"));
  progress.console.line(concat("<-- ", url(order.app, config), " -->"));
}

int report_failure(const std::exception& error, const Order& order, const Config& config,
                   Progress& progress) {
  const std::string phase = progress.phase();
  const Failure failure = classify(error, progress.record.status);
  const std::string reason = failure.message.substr(0, failure.message.find('\n'));
  progress.print_phases();
  progress.console.problem(concat("Deployment ", progress.record.number, " of ",
                                  order.app.view(), " failed in '", phase, "' (",
                                  word(failure.status), ")"));
  print_message(failure.message, progress.console);
  const App app = App::load(order.app);
  if (app.release != 0)
    progress.console.line(
        concat("hint: release ", app.release, " still serves ", url(order.app, config)));
  if (failure.status == Status::crashed_error || failure.status == Status::timeout_error)
    progress.console.line(concat("hint: all that it wrote: hythe logs ", order.app.view()));
  progress.finish(failure.status, reason);
  return failure.exit_code;
}

}  // namespace hythe
