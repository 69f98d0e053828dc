// SPDX-License-Identifier: Apache-2.0
#include "lib/helper.h"

#include <poll.h>

#include "lib/descriptors.h"
#include "lib/errors.h"

namespace hythe {
namespace {

/// Longer than the kill of a container ever takes; then the monitor is on its own.
constexpr int kCleanUpMs = 10'000;

}  // namespace

Helper Helper::start(const char* program, std::vector<std::string> words) {
  Pipe input = Pipe::make();
  Pipe answers = Pipe::make();
  Pipe messages = Pipe::make();
  words.insert(words.begin(), program);
  Child child = Child::start({.argv = std::move(words),
                              .stdin_fd = input.read.get(),
                              .stdout_fd = answers.write.get(),
                              .stderr_fd = messages.write.get()});
  return {std::move(child), std::move(input.write), std::move(answers.read),
          std::move(messages.read)};
}

void Helper::end_lease() {
  answers_.reset();
  messages_.reset();
}

void Helper::leave() {
  is_over_ = true;
  input_.reset();
  end_lease();
}

Helper::~Helper() {
  // A moved-from object holds no pipe and has nothing to end.
  if (is_over_ || !child_.is_ours()) return;
  leave();
  try {
    (void)child_.wait_for(kCleanUpMs);
  } catch (const std::exception&) {
    // Nothing is left to be done about a child that cannot be waited for.
  }
}

void call_helper(const char* program, std::vector<std::string> words,
                 const std::string& input) {
  Helper helper = Helper::start(program, std::move(words));
  write_all(helper.input(), input);
  helper.close_input();
  std::string message;
  while (read_some(helper.messages(), message)) {
  }
  const ExitStatus status = helper.child().wait();
  helper.leave();
  if (status.is_success()) return;
  while (message.ends_with('\n')) message.pop_back();
  if (message.empty()) message = concat("'", program, "' ", status.describe());
  throw PushError(message, status.code != 0 ? status.code : EX_SOFTWARE);
}

std::optional<std::pair<std::string, std::string>> Answers::next() {
  const auto first = bytes_.find('\0');
  if (first == std::string::npos) return std::nullopt;
  const auto second = bytes_.find('\0', first + 1);
  if (second == std::string::npos) return std::nullopt;
  auto answer =
      std::make_pair(bytes_.substr(0, first), bytes_.substr(first + 1, second - first - 1));
  bytes_.erase(0, second + 1);
  return answer;
}

}  // namespace hythe
