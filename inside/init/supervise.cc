// SPDX-License-Identifier: Apache-2.0
#include "inside/init/supervise.h"

#include <signal.h>
#include <sys/wait.h>

#include <cerrno>
#include <initializer_list>

namespace hythe::init {
namespace {

constexpr pid_t kEverybodyElse = -1;  // for kill(2): all but PID 1

int exit_code(int wait_status) noexcept {
  return WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : 128 + WTERMSIG(wait_status);
}

/// What is known of the processes of the container.
class Household {
 public:
  explicit Household(pid_t command) noexcept : command_(command) {}

  void reap() noexcept {
    int status = 0;
    pid_t pid = 0;
    while ((pid = ::waitpid(-1, &status, WNOHANG)) > 0) {
      if (pid != command_) continue;
      has_ended_ = true;
      exit_code_ = exit_code(status);
    }
    // Orphans become children of PID 1: without a child it is alone.
    is_alone_ = pid < 0 && errno == ECHILD;
  }
  void pass_on(int signal) noexcept {
    switch (signal) {
      case SIGTERM:
        is_stopping_ = true;
        ::kill(kEverybodyElse, SIGTERM);
        ::kill(kEverybodyElse, SIGCONT);  // a stopped process could not react
        return;
      case SIGINT:
      case SIGHUP:
      case SIGQUIT:
        ::kill(kEverybodyElse, signal);
        return;
      default:  // means something to the command only, and would end others
        if (!has_ended_) ::kill(command_, signal);
        return;
    }
  }
  [[nodiscard]] bool is_over() const noexcept {
    return has_ended_ && (is_alone_ || !is_stopping_);
  }
  [[nodiscard]] int code() const noexcept { return exit_code_; }

 private:
  pid_t command_;
  bool has_ended_ = false;
  bool is_alone_ = false;
  bool is_stopping_ = false;
  int exit_code_ = 0;
};

}  // namespace

sigset_t handled_signals() noexcept {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal :
       {SIGCHLD, SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGWINCH})
    sigaddset(&set, signal);
  return set;
}

void hold_signals() noexcept {
  sigset_t all;
  sigfillset(&all);
  ::sigprocmask(SIG_SETMASK, &all, nullptr);
}

int supervise(pid_t command, Terminal* terminal) noexcept {
  const sigset_t handled = handled_signals();
  Household household(command);
  while (!household.is_over()) {
    if (terminal != nullptr) terminal->serve_until_signal();
    const int signal = ::sigwaitinfo(&handled, nullptr);
    if (signal == SIGCHLD)
      household.reap();
    else if (signal > 0)
      household.pass_on(signal);
  }
  if (terminal != nullptr) {
    ::kill(kEverybodyElse, SIGKILL);  // or it might write for ever
    terminal->finish();
  }
  return household.code();
}

}  // namespace hythe::init
