// SPDX-License-Identifier: Apache-2.0
#include "helpers/container/crun.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>

#include "core/decimal.h"
#include "core/paths.h"
#include "helpers/container/bundle.h"
#include "helpers/container/cgroup.h"
#include "helpers/container/complain.h"
#include "helpers/container/file.h"
#include "helpers/container/oom_victim.h"
#include "helpers/container/program.h"

namespace hythe::container {
namespace {

constexpr const char* kPidFile = "pid";
constexpr int kPatienceMs = 60'000;
constexpr int kAdoptionMs = 1'000;

struct Pipe {
  UniqueFd read;
  UniqueFd write;
};

std::optional<Pipe> make_pipe() {
  int fds[2];
  if (::pipe2(fds, O_CLOEXEC) != 0) return std::nullopt;
  return Pipe{UniqueFd(fds[0]), UniqueFd(fds[1])};
}

/// The layer is mounted in a mount namespace that only crun will ever see: it is gone with
/// crun, and lives on in the container's own alone. Nothing of it is ever in the host's list
/// of mounts, and nothing has to be unmounted.
bool mount_layer(const std::string& directory, const Layer& layer) {
  const std::string path = directory + "/" + kLayer;
  const std::string options = "mode=0700,size=" + std::to_string(layer.mib) + "m";
  const std::string upper = path + "/upper";
  const std::string work = path + "/work";
  return ::mount("layer", path.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, options.c_str()) == 0 &&
         ::mkdir(upper.c_str(), 0755) == 0 && ::mkdir(work.c_str(), 0700) == 0 &&
         // A path of root's own, on a file system that is a moment old. The upper directory
         // gives /app its owner and mode.
         ::chown(upper.c_str(), layer.owner, layer.owner) == 0 &&
         ::chmod(upper.c_str(), 0755) == 0;
}

[[noreturn]] void become_crun(const Claim& claim, std::optional<Layer> layer, int in, int out,
                              int err) {
  static const char* const kEnvironment[] = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C",
                                             nullptr};
  const std::string id = claim.id().text();
  const std::string pid_file = claim.path() + "/" + kPidFile;
  const char* const argv[] = {paths::kCrun, "--root",
                              kCrunState,   "--cgroup-manager=cgroupfs",
                              "run",        "--detach",
                              "--pid-file", pid_file.c_str(),
                              "--bundle",   claim.path().c_str(),
                              id.c_str(),   nullptr};
  // pipe2 never gives 0, 1 or 2 here: those are open.
  if (::dup2(in, STDIN_FILENO) < 0 || ::dup2(out, STDOUT_FILENO) < 0 ||
      ::dup2(err, STDERR_FILENO) < 0)
    ::_exit(126);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  for (const int ignored : {SIGPIPE, SIGHUP, SIGTSTP, SIGTTIN, SIGTTOU})
    ::signal(ignored, SIG_DFL);
  // Private: what is mounted here must not appear on the host.
  if (::unshare(CLONE_NEWNS) != 0 ||
      ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
      (layer && !mount_layer(claim.path(), *layer))) {
    complain_errno("prepare the mounts of a container");
    ::_exit(126);
  }
  // execve(2) takes char* for historical reasons and changes nothing.
  ::execve(argv[0], const_cast<char* const*>(argv), const_cast<char* const*>(kEnvironment));
  complain_errno("run '", paths::kCrun, "'");
  ::_exit(127);
}

/// What there is to be read now, for a complaint.
std::string last_words(int fd) {
  ::fcntl(fd, F_SETFL, O_NONBLOCK);
  char buffer[4096];
  const ssize_t n = ::read(fd, buffer, sizeof buffer);
  std::string out(buffer, n > 0 ? static_cast<std::size_t>(n) : 0);
  while (out.ends_with('\n')) out.pop_back();
  return out;
}

}  // namespace

void Running::kill(const ContainerId& id) const {
  kill_cgroup(id);
  ::syscall(SYS_pidfd_send_signal, pidfd.get(), SIGKILL, nullptr, 0U);
}

bool holds_signals(std::string_view status) {
  constexpr std::string_view kBlocked = "\nSigBlk:\t";
  const auto blocked = status.find(kBlocked);
  if (!status.starts_with("Name:\tinit\n") || blocked == std::string_view::npos) return false;
  status.remove_prefix(blocked + kBlocked.size());
  std::uint64_t mask = 0;
  std::from_chars(status.data(), status.data() + status.size(), mask, 16);
  // It blocks all; those that it waits for are not shown while it does.
  return mask != 0;
}

bool Running::terminate() const {
  // The kernel forgets a signal for PID 1 of a namespace that neither blocks nor handles it.
  const std::string status = "/proc/" + std::to_string(pid) + "/status";
  return holds_signals(read_file(status.c_str(), 16384).value_or("")) &&
         ::syscall(SYS_pidfd_send_signal, pidfd.get(), SIGTERM, nullptr, 0U) == 0;
}

bool become_reaper() {
  return ::prctl(PR_SET_CHILD_SUBREAPER, 1UL, 0UL, 0UL, 0UL) == 0;
}

std::optional<Running> run_container(const Claim& claim, std::optional<Layer> layer,
                                     Streams streams) {
  auto in = make_pipe();
  auto out = make_pipe();
  auto err = streams == Streams::separate ? make_pipe() : std::optional<Pipe>(Pipe{});
  if (!in || !out || !err) {
    complain_errno("make a pipe");
    return std::nullopt;
  }
  ::mkdir(kCrunState, 0700);
  ::unlinkat(claim.directory(), kPidFile, 0);
  const int error_end = err->write ? err->write.get() : out->write.get();
  const pid_t crun = ::fork();
  if (crun == 0) become_crun(claim, layer, in->read.get(), out->write.get(), error_end);
  // Ours of these would keep the container's readers from seeing the end.
  in->read.reset();
  out->write.reset();
  err->write.reset();
  const bool is_started =
      crun > 0 && wait_for_child(crun, root::Deadline::in_ms(kPatienceMs)) == 0;
  const UniqueFd pid_file(::openat(claim.directory(), kPidFile, O_RDONLY | O_CLOEXEC));
  const auto pid = pid_file
                       ? parse_decimal(read_all(pid_file.get(), 32).value_or(""), 1U << 30U)
                       : std::nullopt;
  ::unlinkat(claim.directory(), kPidFile, 0);
  UniqueFd pidfd;
  // crun has exited, so its orphan is our child, and its number cannot have been reused.
  if (is_started && pid)
    pidfd.reset(static_cast<int>(::syscall(SYS_pidfd_open, static_cast<pid_t>(*pid), 0U)));
  if (!pidfd) {
    complain("cannot start a container: ",
             last_words(err->read ? err->read.get() : out->read.get()));
    return std::nullopt;
  }
  return Running{.pid = static_cast<pid_t>(*pid),
                 .pidfd = std::move(pidfd),
                 .input = std::move(in->write),
                 .output = std::move(out->read),
                 .errors = std::move(err->read)};
}

void reap_orphans(const Running& running) {
  for (;;) {
    // Only looked at: how the container's init ended is for reap() to learn.
    siginfo_t info = {};
    if (::waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) != 0) return;
    if (info.si_pid == 0 || info.si_pid == running.pid) return;
    ::waitpid(info.si_pid, nullptr, WNOHANG);
  }
}

End reap(const Running& running, const ContainerId& id) {
  End end{.code = 255};
  int status = 0;
  // It is our child once crun's own process between the two is gone, which may be later.
  const auto deadline = root::Deadline::in_ms(kAdoptionMs);
  pid_t reaped = 0;
  while ((reaped = ::waitpid(running.pid, &status, 0)) < 0 && !deadline.has_passed())
    if (errno == ECHILD) (void)::poll(nullptr, 0, 1);
  // Without an answer it is no success.
  if (reaped == running.pid && WIFEXITED(status)) end.code = WEXITSTATUS(status);
  if (reaped == running.pid && WIFSIGNALED(status))
    end = {.code = 0, .signal = WTERMSIG(status)};
  // Its cgroup is there until crun is told to forget it.
  if (const MemoryUse use = memory_use(id); use.kills > 0) {
    end.out_of_memory = true;
    if (use.has_met_limit) end.memory_mib = memory_limit_mib(id);
    end.victim = oom_victim(id);
  }
  end.out_of_pids = count_refused_forks(id) > 0;
  while (::waitpid(-1, nullptr, WNOHANG) > 0) {
  }
  return end;
}

void forget_container(const ContainerId& id) {
  const std::string name = id.text();
  const std::string known = std::string(kCrunState) + "/" + name;
  if (::access(known.c_str(), F_OK) == 0) {
    const char* const argv[] = {
        paths::kCrun, "--root",  kCrunState,   "--cgroup-manager=cgroupfs",
        "delete",     "--force", name.c_str(), nullptr};
    auto crun = Program::start(argv, "");
    if (crun && !crun->wait()) complain("cannot delete a container: ", crun->output());
  }
  remove_cgroup(id);
}

}  // namespace hythe::container
