// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <iostream>
#include <map>
#include <thread>

#include "cli/commands.h"
#include "core/paths.h"
#include "lib/complaint.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "model/config.h"
#include "model/container/lanes.h"
#include "model/helper.h"
#include "pipeline/missing.h"
#include "pipeline/pending.h"
#include "pipeline/trigger.h"

namespace hythe {
namespace {

/// Not of sysexits(3), nor 0.
constexpr int kNothingToDo = 1;
constexpr int kHasComplained = 2;

/// In a process of its own: nothing that is wrong with one app is in the way of another.
[[noreturn]] void restore_one(const AppName& name, const Caller& caller) {
  int code = kHasComplained;
  try {
    const UniqueFd nobody = open_file("/dev/null", O_WRONLY | O_CLOEXEC);  // it has a log
    const Config config = Config::load();
    if (!live_lane(name)) sweep_after_boot(name, config);
    code = needs_restoring(App::load(name)) ? trigger({.kind = Order::Kind::restore,
                                                       .app = name,
                                                       .who = caller.name,
                                                       .trigger = "restore"},
                                                      config, {.out_fd = nobody.get()})
                                            : kNothingToDo;
  } catch (const std::exception& error) {
    std::cerr << as_complaint(concat("'", name.view(), "': ", error.what())) << std::endl;
  }
  ::_exit(code);
}

/// Ports lead nowhere when another program has flushed the tables of the kernel. The apps are
/// started all the same when that cannot be mended.
int put_ports_back() {
  try {
    call_helper(paths::kRouteHelper, {"balance"});
    return EX_OK;
  } catch (const PushError& error) {
    std::cerr << as_complaint(error.what()) << '\n';
    return error.exit_code();
  }
}

/// What has become of an app's restoration, in a line.
void report(const AppName& name) {
  for (const Deployment& last : Deployment::newest(name, 1)) {
    const auto took = duration(last.finished - last.started);
    if (last.status == Status::success)
      std::cout << name.view() << ": release " << last.release << " runs after " << took
                << std::endl;
    else
      std::cout << as_complaint(concat("'", name.view(), "' does not run: ", last.reason,
                                       "\nall of it: hythe deployments ", name.view(), ' ',
                                       last.number))
                << std::endl;
  }
}

/// As many at once as the host has processors: more would only make each of them later.
class Restoration {
 public:
  explicit Restoration(const Caller& caller) : caller_(caller) {}

  void begin(const AppName& name) {
    if (under_way_.size() >= kAtOnce) finish_one();
    const pid_t pid = ::fork();
    if (pid < 0) throw SystemError(errno, "fork");
    if (pid == 0) restore_one(name, caller_);
    under_way_.emplace(pid, name);
  }
  /// The exit code of the whole: 0 when everything that should run does.
  [[nodiscard]] int finish() {
    while (!under_way_.empty()) finish_one();
    return code_;
  }

 private:
  void finish_one() {
    int status = 0;
    const pid_t pid = ::wait(&status);
    const auto ended = under_way_.find(pid);
    if (ended == under_way_.end()) return;  // interrupted
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : EX_SOFTWARE;
    if (code != kNothingToDo && code != kHasComplained) report(ended->second);
    if (code != EX_OK && code != kNothingToDo) code_ = EX_UNAVAILABLE;
    under_way_.erase(ended);
  }

  static inline const std::size_t kAtOnce = std::max(std::thread::hardware_concurrency(), 1U);
  const Caller& caller_;
  std::map<pid_t, AppName> under_way_{};
  int code_ = EX_OK;
};

}  // namespace

int restore(Arguments& arguments, const Caller& caller) {
  arguments.end();
  const int code = put_ports_back();
  Restoration restoration(caller);
  for (const AppName& name : App::all()) restoration.begin(name);
  const int outcome = restoration.finish();
  return outcome != EX_OK ? outcome : code;
}

}  // namespace hythe
