// SPDX-License-Identifier: Apache-2.0
#include "pipeline/trigger.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "lib/complaint.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/log_follower.h"
#include "pipeline/deploy.h"
#include "pipeline/pending.h"
#include "pipeline/report.h"

namespace hythe {
namespace {

UniqueFd open_pidfd(int pid) {
  UniqueFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  if (!pidfd) throw SystemError(errno, "open a pidfd");
  ::fcntl(pidfd.get(), F_SETFD, FD_CLOEXEC);
  return pidfd;
}

/// What the deployment and its first reader have in common: while `wanted` is open the
/// reader is there; a byte in `verdict` means that git may go ahead.
struct Line {
  Pipe wanted = Pipe::make();
  Pipe verdict = Pipe::make();
};

/// The deployment leaves the push's session, terminal and descriptors: it must be able to
/// outlive all of them.
void detach(const char* name) {
  ::setsid();
  ::prctl(PR_SET_NAME, name);
  const UniqueFd null = open_file("/dev/null", O_RDWR);
  for (int fd = 0; fd < 3; ++fd) ::dup2(null.get(), fd);
  ::signal(SIGINT, SIG_DFL);
  ::signal(SIGHUP, SIG_IGN);
  if (::chdir("/") != 0) throw SystemError(errno, "change to '/'");
}

/// Survives the deployment, to clear up what it leaves when it fails or is killed: a build
/// that never became a release, and traffic between the switch and git's answer. It is forked
/// before the lock is taken, so that it cannot hold it.
[[noreturn]] void be_the_settler(const AppName& app, Number number, const Config& config,
                                 const ProcessIdentity& deployment) {
  try {
    detach("hythe-settle");
    // Nothing of the deployment's: its pipes must close when it dies.
    ::close_range(3, ~0U, 0);
    (void)deployment.wait_until_gone(Deadline(std::chrono::hours(24)));
    sweep_after(app, number, config);
  } catch (...) {
    // The intent is still on disk: the next to take the lock settles it.
  }
  ::_exit(EX_OK);
}

void fork_settler(const AppName& app, Number number, const Config& config) {
  const auto me = ProcessIdentity::of(::getpid());
  const pid_t pid = ::fork();
  if (pid < 0 || !me) throw SystemError(errno, "fork the settler");
  if (pid == 0) be_the_settler(app, number, config, *me);
}

int run(const Order& order, const Config& config, Progress& progress, int verdict_fd) {
  const auto accept = [&] {
    report_success(order, config, progress);
    if (order.receive_pack) write_all(verdict_fd, "+");
  };
  try {
    deploy(order, config, progress, accept);
    return EX_OK;
  } catch (const std::exception& error) {
    return report_failure(error, order, config, progress);
  }
}

[[noreturn]] void be_the_deployment(const Order& order, const Config& config,
                                    Progress& progress, const Reader& reader, Line line) {
  int code = EX_SOFTWARE;
  try {
    // sshd ends the session when nobody holds its pipe any more: not only when we end.
    if (reader.client_fd > STDERR_FILENO) ::close(reader.client_fd);
    detach("hythe-deploy");
    line.wanted.write.reset();
    line.verdict.read.reset();
    progress.cancellation.watch(line.wanted.read.get());
    if (order.receive_pack)
      progress.cancellation.watch(open_pidfd(order.receive_pack->pid).get());
    fork_settler(order.app, progress.record.number, config);
    code = run(order, config, progress, line.verdict.write.get());
  } catch (...) {
    // Nobody is left to tell: not even the log could be written.
  }
  ::_exit(code);
}

int exit_code_of(int pidfd) {
  siginfo_t info = {};
  while (::waitid(P_PIDFD, static_cast<id_t>(pidfd), &info, WEXITED) != 0)
    if (errno != EINTR) return EX_OSERR;
  return info.si_code == CLD_EXITED ? info.si_status : EX_SOFTWARE;
}

/// Copies the log until the deployment is decided, or the reader is gone (false).
bool copy_until_decided(LogFollower& log, const Reader& reader, int decision) {
  bool is_decided = false;
  for (;;) {
    if (!log.copy()) return false;
    if (is_decided && !log.has_more()) return true;
    pollfd fds[] = {
        {.fd = log.changed_fd(), .events = POLLIN, .revents = 0},
        {.fd = log.has_more() ? reader.out_fd : -1, .events = POLLOUT, .revents = 0},
        {.fd = is_decided ? -1 : decision, .events = POLLIN, .revents = 0},
        {.fd = reader.client_fd, .events = 0, .revents = 0}};
    if (::poll(fds, std::size(fds), log.patience_ms()) < 0 && errno != EINTR)
      throw SystemError(errno, "poll");
    if ((fds[3].revents & (POLLERR | POLLHUP)) != 0) return false;
    is_decided = is_decided || fds[2].revents != 0;
  }
}

/// A deployment that could say nothing of its end: it was killed, or the disk is full.
void speak_for(const Deployment& deployment, int out_fd) {
  const auto record = Deployment::load(deployment.app, deployment.number);
  if (record && is_final(record->status)) return;
  write_all(out_fd, as_complaint(
                        concat("deployment ", deployment.number, " ended without a word: ",
                               "it was killed, or the disk is full\nwhat it did: hythe ",
                               "deployments ", deployment.app.view(), ' ', deployment.number)) +
                        "\n");
}

/// Reads along until there is a verdict or the deployment has ended. A push is decided by the
/// verdict, for the deployment then waits for git; others by the end.
int read_along(const Progress& progress, const Order& order, const Reader& reader, Line line,
               int pidfd) {
  line.wanted.read.reset();
  line.verdict.write.reset();
  const int decision = order.receive_pack ? line.verdict.read.get() : pidfd;
  LogFollower log(progress.record.log_path(), reader.out_fd);
  const bool is_read = copy_until_decided(log, reader, decision);
  if (!is_read) {
    // This cancels it, unless traffic has moved; then it is about to say so.
    line.wanted.write.reset();
    constexpr int kLongestMs = 10'000;
    pollfd decided{.fd = decision, .events = POLLIN, .revents = 0};
    if (::poll(&decided, 1, kLongestMs) <= 0) return EX_IOERR;
  }
  std::string verdict;
  if (order.receive_pack) (void)read_some(line.verdict.read.get(), verdict);
  if (!verdict.empty()) return EX_OK;
  const int code = exit_code_of(pidfd);
  if (is_read) speak_for(progress.record, reader.out_fd);
  return code;
}

}  // namespace

int trigger(const Order& order, const Config& config, const Reader& reader) {
  Progress progress(Deployment::begin(order.app));
  progress.record.trigger = order.trigger;
  progress.record.who = order.who;
  progress.record.ref = order.ref;
  progress.record.commit = order.builds() ? order.commit.text() : "";
  progress.record.save();

  Line line;
  const pid_t pid = ::fork();
  if (pid < 0) throw SystemError(errno, "fork the deployment");
  if (pid == 0) be_the_deployment(order, config, progress, reader, std::move(line));
  const UniqueFd pidfd = open_pidfd(pid);
  return read_along(progress, order, reader, std::move(line), pidfd.get());
}

}  // namespace hythe
