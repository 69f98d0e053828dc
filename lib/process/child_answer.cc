// SPDX-License-Identifier: Apache-2.0
#include "lib/process/child_answer.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <new>

#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/printable.h"

namespace hythe {
namespace {

constexpr char kDone = '+';
constexpr char kFailed = '-';

std::string plain(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    out += (out.empty() ? "" : "\n") + printable(text.substr(0, end), 1000);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string explain(int status) {
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  if (code == 128 + SIGXCPU || code == 128 + SIGKILL)
    return "the archive is refused: it takes too long to unpack";
  return concat("the archive is refused: what unpacks it ended with code ", code);
}

}  // namespace

void answer_and_exit(const int& fd, std::size_t most,
                     const std::function<std::string()>& work) {
  std::string answer;
  try {
    answer = kDone + work();
  } catch (const std::bad_alloc&) {
    answer = concat(kFailed, "the archive is refused: it takes too much memory to unpack");
  } catch (const std::exception& error) {
    answer = concat(kFailed, error.what());
  }
  try {
    write_all(fd, std::string_view(answer).substr(0, most));
  } catch (const std::exception&) {
    // Nobody listens any more.
  }
  ::_exit(answer.front() == kDone ? 0 : 1);
}

std::string answer_of(int status, std::string_view said) {
  if (status == 0 && said.starts_with(kDone)) return std::string(said.substr(1));
  throw PushError(said.starts_with(kFailed) ? plain(said.substr(1, 2000)) : explain(status));
}

}  // namespace hythe
