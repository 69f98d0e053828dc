// SPDX-License-Identifier: Apache-2.0
#include "pipeline/build_container.h"

#include <exception>
#include <thread>

#include "core/decimal.h"
#include "core/paths.h"
#include "inside/build_report.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/os_release.h"
#include "lib/printable.h"
#include "lib/units.h"
#include "model/helper.h"

namespace hythe {
namespace {

/// Sends the source while its build already talks, so that neither waits for the other.
class SourceSender {
 public:
  SourceSender(const SourceWriter& write_source, std::string spec, Helper& helper,
               int cancel_fd)
      : thread_([&write_source, spec = std::move(spec), &helper, cancel_fd, this] {
          try {
            write_all(helper.input(), spec);
            write_source(helper.input(), cancel_fd);
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

/// Answers about a buildpack follow the one that names it. False when this is none.
bool take_about_buildpack(Build& build, const std::string& key, const std::string& value) {
  if (build.buildpacks.empty()) return false;
  UsedBuildpack& last = build.buildpacks.back();
  if (key == build_report::kUrl)
    last.url = printable(value, build_report::kMaxUrl);
  else if (key == build_report::kVersion)
    last.version = printable(value, build_report::kMaxName);
  else if (key == build_report::kLanguage)
    last.language = printable(value, build_report::kMaxLanguage);
  else if (key == build_report::kReport)
    last.report = value;
  else if (key == build_report::kRelease)
    build.release_output.back() = value;
  else
    return false;
  return true;
}

void take(FinishedBuild& finished, const std::string& key, const std::string& value) {
  if (key == kStackAnswer) {
    finished.build.stack = value;
  } else if (key == build_report::kBuildpack) {
    if (finished.build.buildpacks.size() == build_report::kMaxBuildpacks) return;
    finished.build.buildpacks.push_back({.name = printable(value, build_report::kMaxName)});
    finished.build.release_output.emplace_back();
  } else if (key == kSizeAnswer) {
    finished.build.size = parse_decimal(value, kImmeasurable).value_or(kImmeasurable);
  } else if (key == build_report::kCache) {
    finished.build.cache_size = parse_decimal(value, kImmeasurable).value_or(0);
  } else if (key == build_report::kProcfile) {
    finished.build.procfile = value;
  } else if (key == build_report::kCronJson) {
    finished.build.cron_json = value;
  } else if (key == build_report::kAppJson) {
    finished.build.app_json = value;
  } else if (key == build_report::kFailed) {
    finished.failed_phase = value;
  } else if (!take_about_buildpack(finished.build, key, value)) {
    finished.end.take(key, value);
  }
}

/// `stack` is the version that root took.
std::string title_of_stack(const std::string& stack) {
  const std::string system = stack == StackName::host().view() ? system_of_host() : "";
  return concat("Stack: ", stack, system.empty() ? "" : concat(" (", system, ')'));
}

/// Shows the output and gathers the report, until the build's container is gone.
FinishedBuild read_along(const Helper& helper, Console& console,
                         const Cancellation& cancellation) {
  FinishedBuild finished;
  Answers answers;
  bool has_messages = true;
  bool has_answers = true;
  while (has_messages || has_answers) {
    // The stack is told of before anything that runs on it.
    const bool may_speak = has_messages && (!finished.build.stack.empty() || !has_answers);
    pollfd fds[] = {
        {.fd = may_speak ? helper.messages() : -1, .events = POLLIN, .revents = 0},
        {.fd = has_answers ? helper.answers() : -1, .events = POLLIN, .revents = 0}};
    // Root ends the build when its time is up; this is only for a root that does not.
    const Milliseconds patience =
        console.has_unfinished() ? Console::kPatience : std::chrono::hours(24);
    if (!cancellation.wait(fds, Deadline(patience))) console.show_unfinished();
    std::string bytes;
    if (fds[0].revents != 0) {
      has_messages = read_some(helper.messages(), bytes);
      console.output(bytes);
    }
    bytes.clear();
    if (fds[1].revents != 0) {
      has_answers = read_some(helper.answers(), bytes);
      answers.feed(bytes);
      while (const auto answer = answers.next()) {
        take(finished, answer->first, answer->second);
        if (answer->first == kStackAnswer) console.step(title_of_stack(answer->second));
      }
    }
  }
  return finished;
}

FinishedBuild follow(Helper& helper, Console& console, const Cancellation& cancellation) {
  try {
    return read_along(helper, console, cancellation);
  } catch (...) {
    // Nobody reads the build any more: it must end before its sender is waited for.
    helper.end_lease();
    throw;
  }
}

/// A source that cannot be read is the reason of whatever the build says about its end. That
/// the build did not want the rest is none.
void rethrow_unless_reader_left(const std::exception_ptr& failure,
                                const FinishedBuild& finished) {
  try {
    std::rethrow_exception(failure);
  } catch (const SystemError&) {
    if (finished.end.is_success()) throw;
  }
}

}  // namespace

void FinishedBuild::throw_if_failed(const Limits& limits) const {
  const auto failure = [](const std::string& reason) {
    return DeploymentFailure(Status::build_error, reason);
  };
  if (end.is_success()) {
    if (build.size <= limits.image_size) return;
    throw failure(concat("the built app is ", format_size(build.size), ", the limit is ",
                         format_size(limits.image_size),
                         "\nremove what the app does not need (.slugignore), or ",
                         how_to_raise("image_size")));
  }
  // Without an end of the container it never ran, and the helper has said why.
  if (!end.is_known) throw failure("the build container could not be run");
  if (end.timed_out)
    throw failure(concat("the build took longer than ", format_duration(limits.build_time),
                         "\nmake it shorter, or ", how_to_raise("build_time")));
  if (end.filled_disk)
    throw failure(
        "the build was stopped: the disk of the host is nearly full\nmake room there: old "
        "releases and caches (hythe cache clear APP), logs, packages");
  if (end.out_of_memory && end.memory_mib == 0)
    throw failure(concat("the build ", end.describe(),
                         "\ntry again when less is going on there, or give it more memory"));
  if (end.out_of_memory)
    throw failure(concat("the build ran out of memory (limit ",
                         format_size(limits.build_memory), ")\n",
                         how_to_raise("build_memory")));
  if (end.wanted_more_processes)
    throw failure(concat("the build wanted more than ", limits.build_pids,
                         " processes and threads, the limit\nmake it more modest, or ",
                         how_to_raise("build_pids")));
  if (failed_phase == build_report::kPhaseSubmodules)
    throw failure("the submodules cannot be fetched");
  if (failed_phase == build_report::kPhaseFetch) throw failure("a buildpack cannot be used");
  if (failed_phase == build_report::kPhaseDetect)
    throw failure("no buildpack can be chosen for this source");
  if (!failed_phase.empty())
    throw failure(concat("the build failed in '", printable(failed_phase), "'"));
  throw failure(concat("the build ", end.describe()));
}

FinishedBuild run_build(const BuildPlace& place, const ContainerCommand& command,
                        const SourceWriter& write_source, Console& console,
                        const Cancellation& cancellation) {
  Helper helper = Helper::start(paths::kLaunchHelper, {"build", std::string(place.app.view()),
                                                       std::to_string(place.deployment),
                                                       std::string(place.stack.view())});
  SourceSender sender(write_source, command.encode(), helper, cancellation.fd());
  FinishedBuild finished = follow(helper, console, cancellation);
  const auto sender_failure = sender.finish();
  helper.leave();  // it still clears up, which is nothing to wait for
  if (sender_failure) rethrow_unless_reader_left(sender_failure, finished);
  return finished;
}

}  // namespace hythe
