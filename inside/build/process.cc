// SPDX-License-Identifier: Apache-2.0
#include "inside/build/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "inside/build/failure.h"

namespace hythe::builder {
namespace {

constexpr int kNotFound = 127;
constexpr int kCannotRun = 126;

std::vector<char*> pointers(const std::vector<std::string>& words) {
  std::vector<char*> out;
  out.reserve(words.size() + 1);
  // execve(2) takes char* for historical reasons and changes nothing.
  for (const std::string& word : words) out.push_back(const_cast<char*>(word.c_str()));
  out.push_back(nullptr);
  return out;
}

/// The steps between fork and exec.
class SpawnActions {
 public:
  SpawnActions() { ::posix_spawn_file_actions_init(&actions_); }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;
  ~SpawnActions() { ::posix_spawn_file_actions_destroy(&actions_); }

  void enter(const std::string& directory) {
    ::posix_spawn_file_actions_addchdir_np(&actions_, directory.c_str());
  }
  void put(int from, int to) { ::posix_spawn_file_actions_adddup2(&actions_, from, to); }
  void put_null(int to) {
    ::posix_spawn_file_actions_addopen(&actions_, to, "/dev/null", O_RDWR, 0);
  }
  [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_ = {};
};

void set_nonblocking(int fd) {
  ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
}

/// Takes what one read has; false at the end, or when there is nothing for now.
bool take(int fd, std::size_t limit, Outcome& outcome) {
  char buffer[16384];
  const ssize_t got = ::read(fd, buffer, sizeof buffer);
  if (got < 0 && errno == EINTR) return true;
  if (got <= 0) return false;
  const std::size_t room = limit - outcome.output.size();
  const auto count = static_cast<std::size_t>(got);
  outcome.output.append(buffer, std::min(count, room));
  if (count > room) outcome.is_output_whole = false;
  return true;
}

/// Reads until the process has ended, and then what is left in the pipe.
void take_all(int fd, pid_t pid, std::size_t limit, Outcome& outcome) {
  const UniqueFd process(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  if (!process) throw_errno("open a pidfd");
  pollfd ready[] = {{.fd = fd, .events = POLLIN, .revents = 0},
                    {.fd = process.get(), .events = POLLIN, .revents = 0}};
  while (ready[1].revents == 0) {
    if (::poll(ready, 2, -1) < 0 && errno != EINTR) throw_errno("poll");
    if ((ready[0].revents & (POLLIN | POLLHUP)) != 0 && !take(fd, limit, outcome)) return;
  }
  set_nonblocking(fd);
  while (take(fd, limit, outcome)) {
  }
}

int wait_for(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0)
    if (errno != EINTR) throw_errno("wait for a process");
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

RunningProgram RunningProgram::start(const Program& program) {
  RunningProgram running;
  SpawnActions actions;
  actions.enter(program.directory);
  if (!program.reads_our_stdin) actions.put_null(STDIN_FILENO);
  UniqueFd writing_end;
  if (program.output == Stream::captured) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw_errno("make a pipe");
    running.output_.reset(ends[0]);
    writing_end.reset(ends[1]);
    actions.put(writing_end.get(), STDOUT_FILENO);
  } else if (program.output == Stream::hidden) {
    actions.put_null(STDOUT_FILENO);
  } else {
    actions.put(STDERR_FILENO, STDOUT_FILENO);
  }
  if (program.errors == Stream::hidden) actions.put_null(STDERR_FILENO);
  if (program.errors == Stream::captured) actions.put(STDOUT_FILENO, STDERR_FILENO);

  const auto block = environment_block(program.environment);
  const int error =
      ::posix_spawn(&running.pid_, program.argv[0].c_str(), actions.get(), nullptr,
                    pointers(program.argv).data(), pointers(block).data());
  if (error == EAGAIN || error == ENOMEM) {
    errno = error;
    throw_errno("start '" + program.argv[0] + "'");
  }
  if (error != 0) {
    running.pid_ = -1;
    running.spawn_code_ = error == ENOENT || error == ENOTDIR ? kNotFound : kCannotRun;
  }
  return running;
}

Outcome RunningProgram::wait(std::size_t output_limit) {
  Outcome outcome;
  outcome.code = spawn_code_;
  if (pid_ < 0) return outcome;
  if (output_) take_all(output_.get(), pid_, output_limit, outcome);
  outcome.code = wait_for(pid_);
  return outcome;
}

std::string find_program(const std::string& name) {
  for (const char* directory : {"/usr/bin/", "/bin/"})
    if (const std::string path = directory + name; ::access(path.c_str(), X_OK) == 0)
      return path;
  throw BuildFailure("the stack has no '" + name + "'", kNotFound);
}

Outcome run(const Program& program, std::size_t output_limit) {
  return RunningProgram::start(program).wait(output_limit);
}

}  // namespace hythe::builder
