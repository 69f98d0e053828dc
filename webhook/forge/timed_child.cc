// SPDX-License-Identifier: Apache-2.0
#include "webhook/forge/timed_child.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>

#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/process/forked_child.h"

namespace hythe {
namespace {

/// SIGALRM ends a process that has not said otherwise.
void end_after(Milliseconds most) {
  ::signal(SIGALRM, SIG_DFL);
  sigset_t alarm;
  sigemptyset(&alarm);
  sigaddset(&alarm, SIGALRM);
  ::sigprocmask(SIG_UNBLOCK, &alarm, nullptr);
  const itimerval once = {
      .it_interval = {},
      .it_value = {.tv_sec = most.count() / 1000, .tv_usec = most.count() % 1000 * 1000}};
  require_done(::setitimer(ITIMER_REAL, &once, nullptr) == 0, "set a timer");
}

[[noreturn]] void be_child(int fd, Milliseconds most,
                           const std::function<std::string()>& work) {
  bool has_succeeded = false;
  std::string answer;
  try {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    end_after(most);
    answer = work();
    has_succeeded = true;
  } catch (const std::exception& error) {
    answer = error.what();
  }
  try {
    write_all(fd, answer);
  } catch (const std::exception&) {
    // Nobody listens any more.
  }
  ::_exit(has_succeeded ? 0 : 1);
}

}  // namespace

std::string run_in_time(Milliseconds most, std::size_t most_bytes,
                        const std::function<std::string()>& work) {
  if (most <= Milliseconds::zero()) throw std::runtime_error("there is no time left");
  Pipe pipe = Pipe::make();
  const pid_t pid = ::fork();
  if (pid < 0) throw SystemError(errno, "fork");
  if (pid == 0) be_child(pipe.write.get(), most, work);
  ForkedChild child(pid);
  pipe.write.reset();
  std::string answer;
  while (read_some(pipe.read.get(), answer))
    if (answer.size() > most_bytes) throw std::runtime_error("the answer is too large");
  const int status = child.wait();
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
    throw std::runtime_error(concat("there was no whole answer within ", most.count(), " ms"));
  if (status != 0) throw std::runtime_error(answer.empty() ? "it crashed" : answer);
  return answer;
}

}  // namespace hythe
