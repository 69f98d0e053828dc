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
#include <functional>
#include <string_view>
#include <thread>

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

using Sink = std::function<void(std::string_view)>;

enum class Taken { some, nothing_yet, the_end };

/// One read.
Taken take(int fd, const Sink& sink) {
  char buffer[16384];
  const ssize_t got = ::read(fd, buffer, sizeof buffer);
  if (got < 0 && errno == EINTR) return Taken::some;
  if (got < 0) return Taken::nothing_yet;
  if (got == 0) return Taken::the_end;
  sink({buffer, static_cast<std::size_t>(got)});
  return Taken::some;
}

/// Reads until the process has ended, and then what is left in the pipe. Returns whether
/// nobody else can write to it.
bool take_all(int fd, pid_t pid, const Sink& sink) {
  const UniqueFd process(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  if (!process) throw_errno("open a pidfd");
  pollfd ready[] = {{.fd = fd, .events = POLLIN, .revents = 0},
                    {.fd = process.get(), .events = POLLIN, .revents = 0}};
  while (ready[1].revents == 0) {
    if (::poll(ready, 2, -1) < 0 && errno != EINTR) throw_errno("poll");
    if ((ready[0].revents & (POLLIN | POLLHUP)) != 0 && take(fd, sink) == Taken::the_end)
      return true;
  }
  set_nonblocking(fd);
  Taken last = Taken::some;
  while (last == Taken::some) last = take(fd, sink);
  return last == Taken::the_end;
}

void capture(int fd, pid_t pid, std::size_t limit, Outcome& outcome) {
  (void)take_all(fd, pid, [&](std::string_view bytes) {
    const std::size_t room = limit - outcome.output.size();
    outcome.output += bytes.substr(0, room);
    if (bytes.size() > room) outcome.is_output_whole = false;
  });
}

/// A log that nobody reads any more is no reason to fail.
void show(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(STDERR_FILENO, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// What is left in the background, such as a tee that has yet to pass on a last line, is not
/// to die of a closed pipe.
void show_the_rest(UniqueFd fd) {
  std::thread([fd = std::move(fd)] {
    pollfd more{.fd = fd.get(), .events = POLLIN, .revents = 0};
    while (::poll(&more, 1, -1) < 0 || take(fd.get(), show) != Taken::the_end) {
    }
  }).detach();
}

void watch(UniqueFd fd, pid_t pid, Outcome& outcome) {
  bool is_blank = true;
  bool is_in_a_line = false;
  const bool is_over = take_all(fd.get(), pid, [&](std::string_view bytes) {
    is_blank = is_blank && bytes.find_first_not_of(" \t\r\n") == bytes.npos;
    is_in_a_line = !bytes.ends_with('\n');
    show(bytes);
  });
  if (is_in_a_line && is_over) show("\n");
  outcome.was_silent = is_blank && is_over;
  if (!is_over) show_the_rest(std::move(fd));
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
  running.is_watched_ = program.output == Stream::watched;
  if (running.is_watched_ || program.output == Stream::captured) {
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
  if (program.errors == Stream::watched || program.errors == Stream::captured)
    actions.put(STDOUT_FILENO, STDERR_FILENO);

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
  outcome.was_silent = is_watched_;
  if (pid_ < 0) return outcome;
  if (is_watched_)
    watch(std::move(output_), pid_, outcome);
  else if (output_)
    capture(output_.get(), pid_, output_limit, outcome);
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
