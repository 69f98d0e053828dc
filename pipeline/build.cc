// SPDX-License-Identifier: Apache-2.0
#include "pipeline/build.h"

#include <exception>
#include <limits>
#include <thread>

#include "core/decimal.h"
#include "core/paths.h"
#include "inside/build_report.h"
#include "lib/container_command.h"
#include "lib/container_end.h"
#include "lib/descriptors.h"
#include "lib/helper.h"
#include "lib/stack.h"

namespace hythe {
namespace {

ContainerCommand build_command(const Order& order, const App& app, const Config& config,
                               Number deployment) {
  ContainerCommand command{.memory = config.limits.build_memory,
                           .pids = config.limits.build_pids,
                           .time = config.limits.build_time};
  command.argv = {paths::inside::kBuilder, concat(app.name.view(), '-', deployment),
                  order.commit.text(), std::string(app.name.view()),
                  stack_name_for({}, config, app.stack)};
  for (const auto& [name, value] : config.build_environment)
    command.argv.push_back(concat(name, '=', value));
  for (const auto& [name, value] : app.environment)
    command.environment.push_back(concat(name, '=', value));
  return command;
}

/// Sends the source while its build already talks, so that neither waits for the other.
class SourceSender {
 public:
  SourceSender(const SourceTree& source, std::string spec, Helper& helper, int cancel_fd)
      : thread_([&source, spec = std::move(spec), &helper, cancel_fd, this] {
          try {
            write_all(helper.input(), spec);
            source.write_tar(helper.input(), cancel_fd);
          } catch (...) {
            failure_ = std::current_exception();
          }
          helper.close_input();
        }) {}

  /// What stopped it, if anything did. A build that ended before it had read everything is
  /// no failure of the sender's: the build says why.
  [[nodiscard]] std::exception_ptr finish() {
    thread_.join();
    return failure_;
  }

 private:
  std::exception_ptr failure_;
  std::jthread thread_;
};

struct Report {
  Build build;
  std::string failed_phase{};
  ContainerEnd end{};
};

void take(Report& report, const std::string& key, const std::string& value) {
  constexpr auto kMax = std::numeric_limits<std::uint64_t>::max() / 16;
  if (key == "stack")
    report.build.stack = value;
  else if (key == build_report::kBuildpack)
    report.build.buildpack = printable(value, build_report::kMaxName);
  else if (key == build_report::kSize)
    report.build.size = parse_decimal(value, kMax).value_or(0);
  else if (key == build_report::kProcfile)
    report.build.procfile = value;
  else if (key == build_report::kRelease)
    report.build.release_output = value;
  else if (key == build_report::kFailed)
    report.failed_phase = value;
  else
    report.end.take(key, value);
}

/// Shows the output and gathers the report, until the build's container is gone.
Report read_along(const Helper& helper, Progress& progress) {
  Report report;
  Answers answers;
  bool has_messages = true;
  bool has_answers = true;
  while (has_messages || has_answers) {
    pollfd fds[] = {
        {.fd = has_messages ? helper.messages() : -1, .events = POLLIN, .revents = 0},
        {.fd = has_answers ? helper.answers() : -1, .events = POLLIN, .revents = 0}};
    // Root ends the build when its time is up; this is only for a root that does not.
    (void)progress.cancellation.wait(fds, Deadline(std::chrono::hours(24)));
    std::string bytes;
    if (fds[0].revents != 0) {
      has_messages = read_some(helper.messages(), bytes);
      progress.console.output(bytes);
    }
    bytes.clear();
    if (fds[1].revents != 0) {
      has_answers = read_some(helper.answers(), bytes);
      answers.feed(bytes);
      while (const auto answer = answers.next()) {
        take(report, answer->first, answer->second);
        if (answer->first == "stack" && answer->second != "host")
          progress.console.step(concat("Stack: ", answer->second));
      }
    }
  }
  return report;
}

Report follow(Helper& helper, Progress& progress) {
  try {
    return read_along(helper, progress);
  } catch (...) {
    // Nobody reads the build any more: it must end before its sender is waited for.
    helper.end_lease();
    throw;
  }
}

[[noreturn]] void fail(const Report& report, const Config& config) {
  if (report.end.timed_out)
    throw DeploymentFailure(
        Status::build_error,
        concat("the build took longer than ", duration(config.limits.build_time),
               "\nraise 'limits.build_time' in ", paths::kConfig, ", or make it shorter"));
  if (report.end.out_of_memory)
    throw DeploymentFailure(
        Status::build_error,
        concat("the build ran out of memory (limit ", format_size(config.limits.build_memory),
               ")\nraise 'limits.build_memory' in ", paths::kConfig));
  if (report.failed_phase == build_report::kPhaseDetect)
    throw DeploymentFailure(Status::build_error, "no buildpack fits this source");
  if (!report.failed_phase.empty())
    throw DeploymentFailure(Status::build_error, concat("the build failed in '",
                                                        printable(report.failed_phase), "'"));
  throw DeploymentFailure(Status::build_error, concat("the build ", report.end.describe()));
}

}  // namespace

Build build(const SourceTree& source, const Order& order, const App& app, const Config& config,
            Progress& progress) {
  const Number number = progress.record.number;
  Helper helper = Helper::start(paths::kLaunchHelper,
                                {"build", std::string(app.name.view()), std::to_string(number),
                                 std::string(app.stack.view())});
  SourceSender sender(source, build_command(order, app, config, number).encode(), helper,
                      progress.cancellation.fd());
  Report report = follow(helper, progress);
  const auto sender_failure = sender.finish();
  helper.leave();  // it still clears up, which is nothing to wait for

  if (!report.end.is_success()) {
    // Without an end of the container it never ran, and the helper has said why.
    if (!report.end.is_known)
      throw DeploymentFailure(Status::build_error, "the build container could not be run");
    fail(report, config);
  }
  if (sender_failure) std::rethrow_exception(sender_failure);
  if (report.build.size > config.limits.image_size)
    throw DeploymentFailure(Status::build_error,
                            concat("the built app is ", format_size(report.build.size),
                                   ", the limit is ", format_size(config.limits.image_size),
                                   "\nremove what the app does not need, or raise ",
                                   "'limits.image_size' in ", paths::kConfig));
  report.build.deployment = number;
  return report.build;
}

void discard_build(const AppName& app, Number deployment) {
  call_helper(paths::kLaunchHelper,
              {"discard", std::string(app.view()), std::to_string(deployment)});
}

}  // namespace hythe
