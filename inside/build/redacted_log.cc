// SPDX-License-Identifier: Apache-2.0
#include "inside/build/redacted_log.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <iterator>

#include "inside/build/failure.h"
#include "inside/build/private_file.h"

namespace hythe::builder {

RedactedLog::RedactedLog(const Variables& app)
    : log_(::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)), end_(::eventfd(0, EFD_CLOEXEC)) {
  int ends[2];
  if (!log_ || !end_ || ::pipe2(ends, O_CLOEXEC) != 0) throw_errno("make a pipe for the log");
  output_.reset(ends[0]);
  const UniqueFd input(ends[1]);
  // Read in any case once the end has come, whether there is something or not.
  ::fcntl(output_.get(), F_SETFL, O_NONBLOCK);
  if (::dup2(input.get(), STDERR_FILENO) < 0) throw_errno("redirect the log");
  reader_ = std::thread([this, redaction = Redaction(app)] { pass_on(redaction); });
}

RedactedLog::~RedactedLog() {
  // What is left in the background may still hold the pipe: it is not waited for.
  ::dup2(log_.get(), STDERR_FILENO);
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t told = ::write(end_.get(), &one, sizeof one);
  reader_.join();
}

void RedactedLog::pass_on(Redaction redaction) const {
  pollfd ready[] = {{.fd = output_.get(), .events = POLLIN, .revents = 0},
                    {.fd = end_.get(), .events = POLLIN, .revents = 0}};
  for (bool is_over = false; !is_over;) {
    if (::poll(ready, std::size(ready), -1) < 0) continue;
    std::string out;
    char buffer[16384];
    const ssize_t got = ::read(output_.get(), buffer, sizeof buffer);
    if (got > 0) redaction.feed({buffer, static_cast<std::size_t>(got)}, out);
    is_over = got == 0 || (got < 0 && errno == EAGAIN && ready[1].revents != 0);
    if (is_over) redaction.finish(out);
    try {
      write_all(log_.get(), out, "write the log");
    } catch (const std::system_error&) {
      // A log that nobody reads any more is no reason to fail.
    }
  }
}

}  // namespace hythe::builder
