// SPDX-License-Identifier: Apache-2.0
#include "inside/build/report_pipe.h"

#include <fcntl.h>
#include <unistd.h>

#include <string>

#include "inside/build/failure.h"
#include "inside/build/private_file.h"

namespace hythe::builder {

ReportPipe ReportPipe::take_over_stdout() {
  UniqueFd pipe(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3));
  if (!pipe || ::dup2(STDERR_FILENO, STDOUT_FILENO) < 0) throw_errno("take over stdout");
  return ReportPipe(std::move(pipe));
}

void ReportPipe::say(std::string_view key, std::string_view value) const {
  std::string answer(key);
  answer += '\0';
  answer += value;
  answer += '\0';
  write_all(fd_.get(), answer, "write the report");
}

}  // namespace hythe::builder
