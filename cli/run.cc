// SPDX-License-Identifier: Apache-2.0
#include <poll.h>
#include <sysexits.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "cli/commands.h"
#include "core/paths.h"
#include "lib/app.h"
#include "lib/config.h"
#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/helper.h"
#include "lib/words.h"
#include "pipeline/environment.h"

namespace hythe {
namespace {

/// One word is a line for the shell, or a process type of the Procfile; several are a
/// command and its arguments, which reach it as they are.
std::string command_line(const std::vector<std::string>& words, const Release& release) {
  if (words.size() == 1) {
    const std::string* known = release.command(words[0]);
    return known != nullptr ? *known : words[0];
  }
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : " ") + quote_word(word);
  return line;
}

/// Copies our stdin into the container, and what it writes out to ours, until it has ended.
/// Neither direction ever waits for the other. False when nobody reads us any more.
bool relay(Helper& helper) {
  std::string input;  // read, and not yet taken
  bool has_input = true;
  bool is_open[] = {true, true};
  set_nonblocking(helper.input());
  while (is_open[0] || is_open[1]) {
    if (!has_input && input.empty()) helper.close_input();
    pollfd fds[] = {
        {.fd = has_input && input.empty() ? STDIN_FILENO : -1, .events = POLLIN, .revents = 0},
        {.fd = input.empty() ? -1 : helper.input(), .events = POLLOUT, .revents = 0},
        {.fd = is_open[0] ? helper.answers() : -1, .events = POLLIN, .revents = 0},
        {.fd = is_open[1] ? helper.messages() : -1, .events = POLLIN, .revents = 0},
        {.fd = STDOUT_FILENO, .events = 0, .revents = 0}};
    if (::poll(fds, std::size(fds), -1) < 0 && errno != EINTR) throw SystemError(errno, "poll");
    if ((fds[4].revents & (POLLERR | POLLHUP)) != 0) return false;
    if (fds[0].revents != 0) has_input = read_some(STDIN_FILENO, input);
    if (fds[1].revents != 0) {
      const ssize_t written = ::write(helper.input(), input.data(), input.size());
      if (written > 0) input.erase(0, static_cast<std::size_t>(written));
      if (written < 0 && errno != EAGAIN && errno != EINTR) {  // it does not read any more
        input.clear();
        has_input = false;
      }
    }
    for (int i = 0; i < 2; ++i) {
      std::string bytes;
      if (fds[2 + i].revents != 0) is_open[i] = read_some(fds[2 + i].fd, bytes);
      write_all(i == 0 ? STDOUT_FILENO : STDERR_FILENO, bytes);
    }
  }
  return true;
}

}  // namespace

int run(Arguments& arguments, const Caller&) {
  const App app = App::load(arguments.app());
  auto words = arguments.rest();
  if (!words.empty() && words[0] == "--") words.erase(words.begin());
  if (words.empty()) arguments.usage_error("which command?");
  if (app.release == 0)
    throw PushError(concat("nothing was deployed to '", app.name.view(),
                           "' yet\npush: git push hythe main"),
                    EX_NOINPUT);
  const Release release = Release::load(app.name, app.release);
  const char* process = "run.1";
  Helper helper = Helper::start(
      paths::kLaunchHelper,
      {"run", std::string(app.name.view()), std::to_string(release.number), process});
  write_all(helper.input(), container_command(app, release, process,
                                              command_line(words, release), 0, Config::load())
                                .encode());
  if (!relay(helper)) return EX_IOERR;
  const ExitStatus status = helper.child().wait();
  helper.leave();
  return status.signal != 0 ? 128 + status.signal : status.code;
}

}  // namespace hythe
