// SPDX-License-Identifier: Apache-2.0
#include <poll.h>
#include <sysexits.h>
#include <unistd.h>

#include <cerrno>
#include <iostream>
#include <optional>

#include "cli/commands.h"
#include "core/decimal.h"
#include "core/process_name.h"
#include "lib/errors.h"
#include "lib/printable.h"
#include "model/app.h"
#include "model/app_log.h"

namespace hythe {
namespace {

constexpr std::uint64_t kUsual = 100;
constexpr std::uint64_t kMost = 10'000;

std::size_t parse_count(const std::string& text, const Arguments& arguments) {
  const auto count = parse_decimal(text, kMost);
  if (!count) arguments.usage_error(concat("-n takes a number up to ", kMost));
  return *count;
}

std::optional<ProcessName> parse_container(const std::optional<std::string>& text) {
  const auto name = text ? ProcessName::parse(*text) : std::nullopt;
  if (text && !name)
    throw PushError(
        concat("'", printable(*text, 64), "' is not the name of a container, as web.1 is one"),
        EX_USAGE);
  return name;
}

/// Until the reader leaves.
void follow(LogTail& tail, const std::optional<ProcessName>& only) {
  while (std::cout) {
    pollfd fds[] = {{.fd = tail.fd(), .events = POLLIN, .revents = 0},
                    {.fd = STDOUT_FILENO, .events = 0, .revents = 0}};
    if (::poll(fds, std::size(fds), -1) < 0 && errno != EINTR) throw SystemError(errno, "poll");
    if ((fds[1].revents & (POLLERR | POLLHUP)) != 0) return;
    for (const LogLine& line : tail.read())
      if (!only || only->view() == line.process) std::cout << line.print() << '\n';
    std::cout.flush();
  }
}

}  // namespace

int logs(Arguments& arguments, const Caller&) {
  const bool follows = arguments.flag("-f");
  const auto count = arguments.option("-n");
  const App app = App::load(arguments.app());
  const auto only = parse_container(arguments.optional_word());
  arguments.end();
  // The tail begins before the past is read: a line may come twice, and none is lost.
  std::optional<LogTail> tail;
  if (follows) tail.emplace(app.name);
  for (const LogLine& line :
       newest_log_lines(app.name, count ? parse_count(*count, arguments) : kUsual, only))
    std::cout << line.print() << '\n';
  std::cout.flush();
  if (tail) follow(*tail, only);
  return EX_OK;
}

}  // namespace hythe
