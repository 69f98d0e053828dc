// SPDX-License-Identifier: Apache-2.0
#include "lib/process/confined_child.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <clocale>

#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/process/child_answer.h"
#include "lib/process/forked_child.h"
#include "lib/process/resource_limit.h"
#include "lib/process/system_calls.h"
#include "lib/units.h"

namespace hythe {
namespace {

constexpr rlim_t kMemory = 1U << 30U;

/// `answers` becomes what it is once every other descriptor is closed.
void confine(int input, int output, int& answers, const Confinement& confinement) {
  // Copied out of the way first: any of the three may be in the place of another.
  const UniqueFd from(::fcntl(input, F_DUPFD_CLOEXEC, 3));
  const UniqueFd to(::fcntl(output, F_DUPFD_CLOEXEC, 3));
  const UniqueFd back(::fcntl(answers, F_DUPFD_CLOEXEC, 3));
  require_done(from && to && back && ::dup2(from.get(), STDIN_FILENO) >= 0 &&
                   ::dup2(to.get(), STDOUT_FILENO) >= 0 &&
                   ::dup2(back.get(), STDERR_FILENO) >= 0,
               "place descriptors");
  answers = STDERR_FILENO;
  std::setlocale(LC_CTYPE, "C.UTF-8");
  ::signal(SIGXFSZ, SIG_IGN);
  limit_resource(RLIMIT_AS, kMemory);
  limit_resource(RLIMIT_CPU, static_cast<rlim_t>(confinement.time.count() / 1000 + 1));
  limit_resource(RLIMIT_FSIZE, std::max<rlim_t>(confinement.output_size, 1));
  limit_resource(RLIMIT_CORE, 0);
  require_done(::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 &&
                   ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0,
               "give up privileges");
}

[[noreturn]] void be_confined(int input, int output, int answers,
                              const Confinement& confinement,
                              const std::function<std::string(int, int)>& work) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  answer_and_exit(answers, confinement.answer_size, [&] {
    confine(input, output, answers, confinement);
    require_done(::close_range(3, ~0U, 0) == 0, "close descriptors");
    allow_only_open_files();
    return work(STDIN_FILENO, STDOUT_FILENO);
  });
}

}  // namespace

std::string run_confined(int input, int output, const Confinement& confinement,
                         const Cancellation& cancellation,
                         const std::function<std::string(int, int)>& work) {
  Pipe answers = Pipe::make();
  const pid_t pid = ::fork();
  if (pid < 0) throw SystemError(errno, "fork");
  if (pid == 0) be_confined(input, output, answers.write.get(), confinement, work);
  ForkedChild child(pid);
  answers.write.reset();
  const Deadline deadline(confinement.time);
  std::string answer;
  do {
    pollfd more{.fd = answers.read.get(), .events = POLLIN, .revents = 0};
    if (!cancellation.wait({&more, 1}, deadline))
      throw PushError(concat("the archive is refused: it takes longer than ",
                             format_duration(confinement.time), " to read"));
    if (answer.size() > confinement.answer_size)
      throw PushError("the archive is refused: what reads it says too much");
  } while (read_some(answers.read.get(), answer));
  return answer_of(child.wait(), answer);
}

}  // namespace hythe
