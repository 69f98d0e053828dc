// SPDX-License-Identifier: Apache-2.0
// hythe-deliver: deploys what hythe-webhook has written down, an app in a process of its own.
// Its end ends no deployment, and its next start goes on with what is in the queue.
#include <poll.h>
#include <signal.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <iostream>
#include <map>

#include "core/paths.h"
#include "lib/complaint.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "model/forge/delivery_queue.h"
#include "model/forge/service.h"
#include "webhook/deliver/deliver.h"
#include "webhook/deliver/pauses.h"

namespace hythe {
namespace {

UniqueFd watch_queue() {
  UniqueFd queue(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
  if (!queue || ::inotify_add_watch(queue.get(), paths::kDeliveries, IN_MOVED_TO) < 0)
    throw SystemError(errno, "watch '", paths::kDeliveries, "'");
  return queue;
}

class Signals {
 public:
  Signals() {
    sigemptyset(&set_);
    for (const int number : {SIGCHLD, SIGTERM, SIGINT}) sigaddset(&set_, number);
    ::sigprocmask(SIG_BLOCK, &set_, nullptr);
    fd_.reset(::signalfd(-1, &set_, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!fd_) throw SystemError(errno, "listen to signals");
  }
  [[nodiscard]] int fd() const { return fd_.get(); }
  /// Whether one of them says that this process is to end.
  [[nodiscard]] bool say_end() const {
    bool is_end = false;
    signalfd_siginfo info = {};
    while (::read(fd_.get(), &info, sizeof info) == static_cast<ssize_t>(sizeof info))
      is_end = is_end || info.ssi_signo != SIGCHLD;
    return is_end;
  }
  void restore() const { ::sigprocmask(SIG_UNBLOCK, &set_, nullptr); }

 private:
  sigset_t set_{};
  UniqueFd fd_;
};

/// False when something was found that is of no use, and is out of the way now.
bool has_delivered(const AppName& app) {
  try {
    deliver(app);
    return true;
  } catch (const UnreadableDelivery& error) {
    std::clog << concat(app.view(), ": ", error.what(), '\n');
    return false;
  }
}

[[noreturn]] void be_deliverer(const AppName& app, const Signals& signals) {
  int code = EX_OK;
  try {
    signals.restore();
    ::setsid();  // what ends us is not to end a deployment
    while (!has_delivered(app)) {
    }
    DeliveryQueue::remove_lock(app);
  } catch (const std::exception& error) {
    std::clog << concat(app.view(), ": ", error.what(), '\n');
    code = EX_SOFTWARE;
  }
  ::_exit(code);
}

void drain(int fd) {
  char buffer[4096];
  while (::read(fd, buffer, sizeof buffer) > 0) {
  }
}

int serve() {
  const Signals signals;
  const UniqueFd queue = watch_queue();
  std::map<pid_t, AppName> at_work;
  Pauses pauses;
  const auto is_at_work = [&](const AppName& app) {
    for (const auto& entry : at_work)
      if (entry.second == app) return true;
    return false;
  };
  std::clog << "delivering\n";
  for (;;) {
    int wait_ms = -1;
    for (const AppName& app : DeliveryQueue::apps()) {
      if (is_at_work(app)) continue;
      if (const auto left = pauses.left(app, Pauses::Clock::now()).count(); left > 0) {
        wait_ms = static_cast<int>(wait_ms < 0 ? left : std::min<long>(wait_ms, left));
        continue;
      }
      const pid_t pid = ::fork();
      if (pid < 0) throw SystemError(errno, "fork");
      if (pid == 0) be_deliverer(app, signals);
      at_work.emplace(pid, app);
    }
    pollfd ready[2] = {{.fd = queue.get(), .events = POLLIN, .revents = 0},
                       {.fd = signals.fd(), .events = POLLIN, .revents = 0}};
    if (::poll(ready, 2, wait_ms) < 0 && errno != EINTR) throw SystemError(errno, "wait");
    drain(queue.get());
    if (signals.say_end()) return EX_OK;
    int status = 0;
    for (pid_t pid = 0; (pid = ::waitpid(-1, &status, WNOHANG)) > 0;) {
      const auto worker = at_work.extract(pid);
      if (worker.empty()) continue;
      if (status == 0)
        pauses.succeeded(worker.mapped());
      else
        pauses.failed(worker.mapped(), Pauses::Clock::now());
    }
  }
}

}  // namespace
}  // namespace hythe

int main() {
  try {
    hythe::become_service("start it: systemctl start hythe-deliver");
    return hythe::serve();
  } catch (const std::exception& error) {
    std::cerr << hythe::as_complaint(error.what()) << '\n';
    return EX_SOFTWARE;
  }
}
