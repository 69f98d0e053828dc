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
#include <optional>

#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/git/quarantine.h"
#include "lib/process/beacon.h"
#include "pipeline/channel.h"
#include "pipeline/deploy.h"
#include "pipeline/garbage.h"
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
/// that never became a release, traffic between the switch and git's answer, and what
/// receive-pack had in quarantine. It is forked before the lock is taken, so that it cannot
/// hold it.
[[noreturn]] void be_the_settler(const Order& order, Number number, const Config& config,
                                 const ProcessIdentity& deployment) {
  constexpr Milliseconds kLongestAnswer = std::chrono::minutes(2);
  try {
    detach("hythe-settle");
    // Nothing of the deployment's: its pipes must close when it dies.
    ::close_range(3, ~0U, 0);
    (void)deployment.wait_until_gone(Deadline(std::chrono::hours(24)));
    ::unlink(Deployment{.app = order.app, .number = number}.beacon_path().c_str());
    sweep_after(order.app, number, config);
    if (order.receive_pack && order.receive_pack->wait_until_gone(Deadline(kLongestAnswer)))
      remove_quarantine(order.quarantine);
    wait_until_retired(order.app);
    collect_garbage(order.app, config);
  } catch (...) {
    // The intent is still on disk: the next to take the lock settles it. So is the garbage.
  }
  ::_exit(EX_OK);
}

void fork_settler(const Order& order, Number number, const Config& config) {
  const auto me = ProcessIdentity::of(::getpid());
  const pid_t pid = ::fork();
  if (pid < 0 || !me) throw SystemError(errno, "fork the settler");
  if (pid == 0) be_the_settler(order, number, config, *me);
}

/// Those who wait for git's answer to a push; for other orders nobody does.
class Pusher : public Audience {
 public:
  Pusher(const Order& order, const Config& config, Progress& progress, const Channel& channel)
      : order_(order), config_(config), progress_(progress), channel_(channel) {}

  void before_traffic_moves() override {
    if (order_.receive_pack) channel_.wait_until_read(progress_.cancellation);
  }
  void after_traffic_has_moved() override {
    try {
      report_success(order_, config_, progress_);
    } catch (const std::exception&) {
      // A full disk does not undo what serves.
    }
    if (order_.receive_pack) channel_.let_git_go_ahead();
  }

 private:
  const Order& order_;
  const Config& config_;
  Progress& progress_;
  const Channel& channel_;
};

int run(const Order& order, const Config& config, Progress& progress, const Channel& channel) {
  Pusher pusher(order, config, progress, channel);
  try {
    deploy(order, config, progress, pusher);
    const bool is_refused = order.options.dry_run && order.receive_pack;
    return is_refused ? EX_TEMPFAIL : EX_OK;
  } catch (const std::exception& error) {
    return report_failure(error, order, config, progress);
  }
}

[[noreturn]] void be_the_deployment(const Order& order, const Config& config,
                                    Progress& progress, const Reader& reader, Channel channel,
                                    Beacon beacon) {
  int code = EX_SOFTWARE;
  try {
    // sshd ends the session when nobody holds its pipe any more: not only when we end.
    if (reader.client_fd > STDERR_FILENO) ::close(reader.client_fd);
    detach("hythe-deploy");
    channel.become_deployment();
    // Of a push, the reader is the hook: git moves the branch only if that lives.
    if (!order.options.detach || order.receive_pack) channel.need_reader(progress.cancellation);
    progress.cancellation.listen_at(std::move(beacon));
    if (order.receive_pack)
      progress.cancellation.watch(open_pidfd(order.receive_pack->pid).get());
    fork_settler(order, progress.record.number, config);
    code = run(order, config, progress, channel);
  } catch (...) {
    // Nobody is left to tell: not even the log could be written.
  }
  ::_exit(code);
}

std::string farewell(const Deployment& deployment) {
  return concat("detached: you may leave; follow: hythe deployments ", deployment.app.view(),
                ' ', deployment.number, " -f");
}

}  // namespace

int trigger(const Order& order, const Config& config, Reader reader) {
  Progress progress(Deployment::begin(order.app));
  progress.record.trigger = order.trigger;
  progress.record.who = order.who;
  progress.record.message = order.options.message;
  progress.record.is_dry_run = order.options.dry_run;
  progress.record.ref = order.ref;
  progress.record.commit = order.commit_id();
  progress.record.archive = order.source_archive();
  // Before it is seen: whoever sees it can cancel it.
  std::optional<Beacon> beacon = Beacon::light(progress.record.beacon_path());
  progress.record.save();
  if (order.options.detach) progress.console.line(farewell(progress.record));

  Channel channel;
  const pid_t pid = ::fork();
  if (pid < 0) throw SystemError(errno, "fork the deployment");
  if (pid == 0)
    be_the_deployment(order, config, progress, reader, std::move(channel), std::move(*beacon));
  beacon.reset();  // it is the deployment's
  reader.may_leave = order.options.detach;
  if (reader.may_leave && !order.receive_pack) {
    write_all(reader.out_fd, farewell(progress.record) + '\n');
    return EX_OK;
  }
  const UniqueFd pidfd = open_pidfd(pid);
  return read_along(progress.record, reader, std::move(channel),
                    order.receive_pack ? Decision::go_ahead : Decision::end, pidfd.get());
}

}  // namespace hythe
