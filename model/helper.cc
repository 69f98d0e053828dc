// SPDX-License-Identifier: Apache-2.0
#include "model/helper.h"

#include <poll.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>

#include <exception>

#include "lib/descriptors.h"
#include "lib/errors.h"
#include "lib/process/keeper.h"

namespace hythe {
namespace {

/// Longer than the kill of a container ever takes; then the monitor is on its own.
constexpr int kCleanUpMs = 10'000;

void finish(Helper helper, const char* program) {
  helper.close_input();
  std::string message = helper.message();
  const ExitStatus status = helper.child().wait();
  helper.leave();
  if (status.is_success()) return;
  if (status.signal != 0)
    throw HelperKilled(concat("'", program, "' ", status.describe()), EX_SOFTWARE);
  if (message.empty()) message = concat("'", program, "' ", status.describe());
  throw PushError(message, status.code);
}

}  // namespace

Helper Helper::start(const char* program, std::vector<std::string> words) {
  Pipe input = Pipe::make();
  Helper helper = start_holding(input.read.get(), program, std::move(words));
  helper.input_ = std::move(input.write);
  return helper;
}

Helper Helper::start_holding(int held, const char* program, std::vector<std::string> words) {
  return start_answering(Pipe::make(), held, program, std::move(words));
}

Helper Helper::start_answering(Pipe answers, int held, const char* program,
                               std::vector<std::string> words) {
  Pipe messages = Pipe::make();
  words.insert(words.begin(), program);
  Child child = Child::start({.argv = std::move(words),
                              .stdin_fd = held,
                              .stdout_fd = answers.write.get(),
                              .stderr_fd = messages.write.get()});
  return {std::move(child), UniqueFd(), std::move(answers.read), std::move(messages.read)};
}

std::string Helper::message() const {
  std::string text;
  while (read_some(messages(), text)) {
  }
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

void Helper::tell(std::string_view bytes) const {
  try {
    write_all(input_.get(), bytes);
  } catch (const SystemError& error) {
    if (error.code() != EPIPE) throw;
  }
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
  // Not a pipe: should we be killed while it reads, it would take a part for the whole.
  const UniqueFd whole(::memfd_create("hythe-input", MFD_CLOEXEC));
  if (!whole) throw SystemError(errno, "make a file in memory");
  write_all(whole.get(), input);
  if (::lseek(whole.get(), 0, SEEK_SET) != 0) throw SystemError(errno, "rewind it");
  finish(Helper::start_holding(whole.get(), program, std::move(words)), program);
}

void call_helper_locked(const AppLock& lock, const char* program,
                        std::vector<std::string> words) {
  finish(Helper::start_holding(lock.fd(), program, std::move(words)), program);
}

void call_helper_leased(const AppLock& lock, const char* program,
                        std::vector<std::string> words) {
  Pipe answers = Pipe::make();
  const Keeper keeper(answers);
  finish(Helper::start_answering(std::move(answers), lock.fd(), program, std::move(words)),
         program);
}

void call_helpers_locked(const AppLock& lock, const char* program,
                         const std::vector<std::vector<std::string>>& requests) {
  std::vector<Helper> helpers;
  for (const auto& words : requests)
    helpers.push_back(Helper::start_holding(lock.fd(), program, words));
  std::exception_ptr refusal;
  for (Helper& helper : helpers) {
    try {
      finish(std::move(helper), program);
    } catch (const std::exception&) {
      if (!refusal) refusal = std::current_exception();
    }
  }
  if (refusal) std::rethrow_exception(refusal);
}

std::vector<std::pair<std::string, std::string>> answers_of(const char* program,
                                                            std::vector<std::string> words) {
  Helper helper = Helper::start(program, std::move(words));
  helper.close_input();
  Answers answers;
  for (std::string bytes; read_some(helper.answers(), bytes); bytes.clear())
    answers.feed(bytes);
  finish(std::move(helper), program);
  std::vector<std::pair<std::string, std::string>> all;
  while (auto answer = answers.next()) all.push_back(std::move(*answer));
  return all;
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
