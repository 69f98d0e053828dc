// SPDX-License-Identifier: Apache-2.0
#include "stacks/confinement.h"

#include <fcntl.h>
#include <linux/capability.h>
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

#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/process/child_answer.h"
#include "lib/process/forked_child.h"
#include "lib/process/resource_limit.h"
#include "lib/process/system_calls.h"
#include "stacks/interruption.h"

namespace hythe::stacks {
namespace {

constexpr std::size_t kMaxAnswer = 64U << 10U;

/// Its own pid namespace has one process: with it, everything in it is gone.
void enter_namespaces() {
  // Safe: each of them only takes something away from us.
  require_done(
      ::unshare(CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS) == 0,
      "unshare namespaces");
  // Private: what is mounted here must not appear on the host.
  require_done(::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0,
               "make mounts private");
}

/// `directory` becomes "/", and what was "/" is nowhere. Safe: the path is of root's own
/// making, below a directory that only root can write.
void make_root_of(const std::string& directory) {
  const char* path = directory.c_str();
  require_done(::mount(path, path, nullptr, MS_BIND, nullptr) == 0, "bind the stack");
  require_done(::mount(nullptr, path, nullptr,
                       MS_BIND | MS_REMOUNT | MS_NOSUID | MS_NODEV | MS_NOEXEC, nullptr) == 0,
               "restrict the stack");
  require_done(::chdir(path) == 0, "enter the stack");
  // The old root comes to lie over the new one, and is then taken off.
  require_done(::syscall(SYS_pivot_root, ".", ".") == 0 && ::umount2(".", MNT_DETACH) == 0 &&
                   ::chdir("/") == 0,
               "leave the host's file system");
}

/// It stays uid 0, since the tree is to be root's, and has no capability: it can do to a file
/// what its owner can, and all that it can name are files that it has made.
void drop_capabilities() {
  for (int capability = 0; ::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0; ++capability) {
  }
  __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
  __user_cap_data_struct none[2] = {};
  require_done(::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) == 0 &&
                   ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                   ::syscall(SYS_capset, &header, none) == 0,
               "drop capabilities");
  __user_cap_data_struct now[2] = {};
  require_done(::syscall(SYS_capget, &header, now) == 0, "look at capabilities");
  if (now[0].permitted != 0 || now[1].permitted != 0 ||
      ::prctl(PR_CAPBSET_READ, 0, 0, 0, 0) != 0)
    throw PushError("capabilities were not dropped", EX_SOFTWARE);
}

/// `answers` becomes what it is once every other descriptor is closed.
void confine(const std::string& directory, int archive, int& answers) {
  // A terminal among the archive and the answers would be one to type into.
  require_done(::setsid() >= 0, "leave the session");
  make_root_of(directory);
  require_done(::dup2(archive, STDIN_FILENO) >= 0 && ::dup2(answers, STDOUT_FILENO) >= 0 &&
                   ::dup2(answers, STDERR_FILENO) >= 0 && ::close_range(3, ~0U, 0) == 0,
               "close descriptors");
  answers = STDOUT_FILENO;
  limit_resource(RLIMIT_AS, 1U << 30U);
  limit_resource(RLIMIT_CPU, 3600);
  limit_resource(RLIMIT_NOFILE, 256);
  limit_resource(RLIMIT_CORE, 0);
  ::umask(022);
  drop_capabilities();
  allow_only_file_calls();
}

/// The whole life of the confined process.
[[noreturn]] void be_confined(const std::string& directory, int archive, int answers,
                              const std::function<std::string(const Confined&)>& work) {
  answer_and_exit(answers, kMaxAnswer, [&] {
    confine(directory, archive, answers);
    const UniqueFd root = open_file("/", O_RDONLY | O_DIRECTORY);
    return work({.root = root.get(), .archive = STDIN_FILENO});
  });
}

/// Stands between us and the confined process, since a new pid namespace is for children.
[[noreturn]] void be_parent(const std::string& directory, int archive, int answers,
                            const std::function<std::string(const Confined&)>& work) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  try {
    enter_namespaces();
  } catch (const std::exception& error) {
    const std::string why = error.what();
    answer_and_exit(answers, kMaxAnswer, [&why]() -> std::string { throw PushError(why); });
  }
  const pid_t child = ::fork();
  if (child == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    be_confined(directory, archive, answers, work);
  }
  int status = 0;
  while (child > 0 && ::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  ::_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

/// Nothing of a killed child runs any more when this object has gone: its own child, which dies
/// with it, is the last to let go of the answers.
class Aftermath {
 public:
  explicit Aftermath(int answers) : answers_(answers) {}
  Aftermath(const Aftermath&) = delete;
  Aftermath& operator=(const Aftermath&) = delete;
  ~Aftermath() {
    char rest[4096];
    while (::read(answers_, rest, sizeof rest) > 0) {
    }
  }

 private:
  int answers_;
};

}  // namespace

std::string run_confined(const std::string& directory, int archive,
                         const Interruption& interruption,
                         const std::function<std::string(const Confined&)>& work) {
  Pipe answers = Pipe::make();
  const pid_t pid = ::fork();
  if (pid < 0) throw SystemError(errno, "fork");
  if (pid == 0) be_parent(directory, archive, answers.write.get(), work);
  answers.write.reset();
  const Aftermath aftermath(answers.read.get());
  ForkedChild child(pid);
  std::string answer;
  for (bool goes_on = true; goes_on && answer.size() <= kMaxAnswer;) {
    interruption.wait_for(answers.read.get());
    goes_on = read_some(answers.read.get(), answer);
  }
  if (answer.size() > kMaxAnswer) throw PushError("what unpacks the archive says too much");
  return answer_of(child.wait(), answer);
}

}  // namespace hythe::stacks
